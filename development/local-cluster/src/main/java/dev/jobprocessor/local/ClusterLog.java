package dev.jobprocessor.local;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One stream for the lines of all processes, each behind the name of who wrote it. */
public final class ClusterLog {

    private static final int NAME_WIDTH = "api-service ".length();

    private static final int[] COLOURS = { 36, 33, 32, 35, 34, 96, 93, 92, 95, 94 };

    private final PrintStream out;

    private final boolean coloured;

    private final Map<String, String> prefixes = new ConcurrentHashMap<>();

    public ClusterLog(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Colours where a person watches, unless NO_COLOR says otherwise. */
    static ClusterLog toConsole() {
        return new ClusterLog(System.out, System.console() != null && System.getenv("NO_COLOR") == null);
    }

    /** Says something in the cluster's own name. */
    void say(String line) {
        print("cluster", line);
    }

    void print(String name, String line) {
        this.out.println(this.prefixes.computeIfAbsent(name, this::prefix) + line);
    }

    private String prefix(String name) {
        String padded = "%-" + NAME_WIDTH + "s | ";
        return this.coloured ? "\033[%dm%s\033[0m".formatted(colour(), padded.formatted(name)) : padded.formatted(name);
    }

    private int colour() {
        return COLOURS[this.prefixes.size() % COLOURS.length];
    }

}
