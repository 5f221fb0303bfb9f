package dev.jobprocessor.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages as they are on the wire, which both services are tested with. */
public final class ExampleEvents {

    private ExampleEvents() {
    }

    /**
     * Reads an example.
     * @param name the file's name, such as {@code job-created.json}
     * @return its JSON
     * @throws IllegalArgumentException if there is no such example
     */
    public static String read(String name) {
        try (InputStream in = ExampleEvents.class.getResourceAsStream("/contracts/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("No example event is called " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
