package dev.jobprocessor.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** The file of all that the services say, which a figure can read along. */
final class ServiceLog extends PrintStream {

    private volatile Consumer<String> reader = (line) -> {
    };

    ServiceLog(Path file) throws IOException {
        super(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** Shows the given reader, instead of the one before, every line from now on. */
    void readBy(Consumer<String> reader) {
        this.reader = reader;
    }

    @Override
    public void println(@Nullable String line) {
        super.println(line);
        if (line != null) {
            this.reader.accept(line);
        }
    }

}
