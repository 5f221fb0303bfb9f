package dev.jobprocessor.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/**
 * What a cluster is made of.
 *
 * @param address the IPv4 address at which the API listens; 0.0.0.0 is all of this
 * machine
 * @param port where the API listens; 0 takes any free port
 * @param workers how many worker processes there are
 * @param data the directory of everything that survives a restart
 * @param apiServiceJar the executable jar of api-service
 * @param workerServiceJar the executable jar of worker-service
 * @param dashboard the directory of the built dashboard
 */
record ClusterSettings(String address, int port, int workers, Path data, Path apiServiceJar, Path workerServiceJar,
        Path dashboard) {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /**
     * Reads the settings from system properties.
     * @throws CannotStart if one of them is missing or out of bounds
     */
    static ClusterSettings from(Properties properties) {
        return new ClusterSettings(address(properties), number(properties, "port", 3000, 65535),
                number(properties, "workers", 2, 64), Path.of(properties.getProperty("data", ".data")),
                built(properties, "api-service.jar"), built(properties, "worker-service.jar"),
                built(properties, "dashboard"));
    }

    /** The host by which this machine reaches the API. */
    String host() {
        return Set.of(Service.LOOPBACK, "0.0.0.0").contains(this.address) ? "localhost" : this.address;
    }

    private static String address(Properties properties) {
        String address = properties.getProperty("address", Service.LOOPBACK);
        if (address.matches(BYTE + "([.]" + BYTE + "){3}")) {
            return address;
        }
        throw new CannotStart(
                "-Daddress must be an IPv4 address of this machine, or 0.0.0.0 for all, not '%s'".formatted(address));
    }

    private static int number(Properties properties, String name, int fallback, int greatest) {
        String text = properties.getProperty(name, String.valueOf(fallback));
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= greatest) {
            return Integer.parseInt(text);
        }
        throw new CannotStart("-D%s must be a whole number from 0 to %d, not '%s'".formatted(name, greatest, text));
    }

    private static Path built(Properties properties, String name) {
        Path built = Path.of(properties.getProperty(name, name));
        if (Files.exists(built)) {
            return built;
        }
        throw new CannotStart("There is no %s: build it first (./mvnw -Pup does)".formatted(built));
    }

}
