package dev.jobprocessor.local;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What a service's process runs: the service's own main class, tied to the launcher. It
 * leaves Ctrl-C, which a terminal sends to every process, to the launcher, who stops the
 * services in order; and it ends with the launcher, however that ended.
 */
final class ServiceMain {

    private ServiceMain() {
    }

    /** Takes the name of the service's main class, then that class's arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Signals.INT.ignore();
        Signals.HUP.ignore();
        Thread.ofPlatform().daemon().name("launcher-watch").start(ServiceMain::endWithLauncher);
        Class.forName(args[0])
            .getMethod("main", String[].class)
            .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }

    // The launcher holds the other end of standard input for as long as it lives.
    private static void endWithLauncher() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        catch (IOException ex) {
            System.err.println("The launcher cannot be watched any more: " + ex.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }

}
