package dev.jobprocessor.api.jobs;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Tells public addresses from those that IANA's registries of special-purpose addresses
 * reserve, and from metadata services of clouds that are outside of these.
 */
final class PublicAddress {

    private static final int IPV4_BYTES = 4;

    private static final List<Block> SPECIAL = List.of(ipv4(0, 0, 0, 0, 8), ipv4(10, 0, 0, 0, 8),
            ipv4(100, 64, 0, 0, 10), ipv4(127, 0, 0, 0, 8), ipv4(169, 254, 0, 0, 16), ipv4(172, 16, 0, 0, 12),
            ipv4(192, 0, 0, 0, 24), ipv4(192, 0, 2, 0, 24), ipv4(192, 88, 99, 0, 24), ipv4(192, 168, 0, 0, 16),
            ipv4(198, 18, 0, 0, 15), ipv4(198, 51, 100, 0, 24), ipv4(203, 0, 113, 0, 24), ipv4(224, 0, 0, 0, 3),
            ipv4(168, 63, 129, 16, 32)); // Azure's

    /** Of the global unicast addresses; those that have IPv4's in them are tunnels. */
    private static final List<Block> SPECIAL_IPV6 = List.of(ipv6(0x2001, 0, 23), ipv6(0x2001, 0xdb8, 32),
            ipv6(0x2002, 0, 16), ipv6(0x3fff, 0, 20));

    private static final Block GLOBAL_UNICAST = ipv6(0x2000, 0, 3);

    private PublicAddress() {
    }

    /**
     * @param address as Java has it: one of IPv4 that is mapped to IPv6 is of IPv4
     */
    static boolean isPublic(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return SPECIAL.stream().noneMatch((block) -> block.contains(address));
        }
        return GLOBAL_UNICAST.contains(address) && SPECIAL_IPV6.stream().noneMatch((block) -> block.contains(address));
    }

    private static Block ipv4(int first, int second, int third, int fourth, int prefix) {
        return new Block(new byte[] { (byte) first, (byte) second, (byte) third, (byte) fourth }, prefix);
    }

    private static Block ipv6(int first, int second, int prefix) {
        return new Block(new byte[] { (byte) (first >> 8), (byte) first, (byte) (second >> 8), (byte) second }, prefix);
    }

    /**
     * Addresses that begin alike.
     *
     * @param start the first four bytes, which have the whole prefix
     * @param prefix how many bits they have in common
     */
    private record Block(byte[] start, int prefix) {

        boolean contains(byte[] address) {
            int difference = ByteBuffer.wrap(this.start).getInt() ^ ByteBuffer.wrap(address).getInt();
            return (difference >>> (Integer.SIZE - this.prefix)) == 0;
        }

    }

}
