package dev.jobprocessor.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.spi.dns.DnsClient;
import com.mongodb.spi.dns.DnsClientProvider;
import com.mongodb.spi.dns.DnsWithResponseCodeException;

/** The name service that the database client asks for servers in tests. */
public class ServiceRecords implements DnsClientProvider {

    private static final int NAME_ERROR = 3;

    private static final Map<String, String> RECORDS = new ConcurrentHashMap<>();

    /** Adds a server of a {@code mongodb+srv} address. */
    static void add(String address, String server, int port) {
        RECORDS.put("_mongodb._tcp." + address, "0 0 %d %s.".formatted(port, server));
    }

    @Override
    public DnsClient create() {
        return (name, type) -> {
            if (!RECORDS.containsKey(name) || !type.equals("SRV")) {
                throw new DnsWithResponseCodeException("No record", NAME_ERROR, new IllegalArgumentException(name));
            }
            return List.of(RECORDS.get(name));
        };
    }

}
