package dev.jobprocessor.api.jobs;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookAddressesTests {

    private final WebhookAddresses production = new WebhookAddresses(true);

    private final WebhookAddresses elsewhere = new WebhookAddresses(false);

    @ParameterizedTest
    @ValueSource(strings = { "https://example.com", "https://example.com:8443/a?b=c", "https://93.184.215.14/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hook", "HTTPS://EXAMPLE.COM/" })
    void takesPublicUrls(String url) {
        assertThat(this.production.objection(url)).isNull();
        assertThat(this.elsewhere.objection(url)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://127.0.0.1/", "https://10.0.0.1/", "https://10.255.255.255/",
            "https://100.64.0.1/", "https://100.127.255.255/", "https://169.254.169.254/latest/meta-data",
            "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.0.1/", "https://192.0.0.1/",
            "https://198.19.255.255/", "https://224.0.0.1/", "https://240.0.0.1/", "https://255.255.255.255/",
            "https://0.0.0.0/", "https://168.63.129.16/", "https://[::1]/", "https://[::]/", "https://[fe80::1]/",
            "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[ff02::1]/", "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001::1]/",
            "https://[2001:db8::1]/", "https://localhost/", "https://a.LOCALHOST./" })
    void refusesPrivateAddressesInProduction(String url) {
        assertThat(this.production.objection(url)).isEqualTo("must not have a private address");
        assertThat(this.elsewhere.objection(url)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://9.255.255.255/", "https://11.0.0.0/", "https://100.63.255.255/",
            "https://100.128.0.0/", "https://169.253.255.255/", "https://169.255.0.0/", "https://172.15.255.255/",
            "https://172.32.0.0/", "https://192.167.255.255/", "https://192.169.0.0/", "https://126.255.255.255/",
            "https://128.0.0.0/", "https://198.17.255.255/", "https://198.20.0.0/", "https://223.255.255.255/",
            "https://1.0.0.0/", "https://[2001:200::1]/", "https://[2003::1]/", "https://[2001:db9::1]/" })
    void takesTheNeighboursOfPrivateAddresses(String url) {
        assertThat(this.production.objection(url)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://127.1/",
            "https://0177.0.0.1/", "https://256.0.0.1/", "https://1.2.3.4.5/", "https://127.0.0.1./",
            "https://a.b.1/" })
    void refusesOtherSpellingsOfAddresses(String url) {
        assertThat(this.elsewhere.objection(url)).startsWith("must have a host name or an address");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "/a", "//a", "ftp://a", "file:///etc/passwd", "https:", "https:///a",
            "https://a b", "https://a\\b", "https://", "https://user@a", "https://user:password@a", "https://@a",
            "https://a#b", "https://a#", "https://a:0", "https://a:65536", "https://a_b", "https://é.example",
            "javascript:alert(1)", "https:a", "https://[fe80::1%25eth0]/", "https://[::1" })
    void refusesWhatIsNoUrlOfAWebhook(String url) {
        assertThat(this.elsewhere.objection(url)).isNotNull();
    }

    @Test
    void refusesPlainHttpInProduction() {
        assertThat(this.production.objection("http://example.com")).isEqualTo("must be a URL of https");
        assertThat(this.elsewhere.objection("http://example.com")).isNull();
    }

    @Test
    void takesTheLongestUrlAndNoneOneCharacterLonger() {
        String longest = "https://example.com/" + "a".repeat(WebhookAddresses.MAX_URL_LENGTH - 20);
        assertThat(this.production.objection(longest)).isNull();
        assertThat(this.production.objection(longest + "a")).contains("at most 2048 characters");
        assertThat(this.production.objection(null)).isNotNull();
    }

    @Test
    void allowsNoPrivateAddressThatANameHasInProduction() throws Exception {
        InetAddress loopback = InetAddress.getByAddress("example.com", new byte[] { 127, 0, 0, 1 });
        assertThat(this.production.allows(loopback)).isFalse();
        assertThat(this.elsewhere.allows(loopback)).isTrue();
        assertThat(this.production.allows(InetAddress.getByAddress(new byte[] { 93, (byte) 184, (byte) 215, 14 })))
            .isTrue();
    }

}
