package dev.jobprocessor.api.dispatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerAddressTests {

    private final MockEnvironment environment = new MockEnvironment();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            amqp://guest:guest@localhost:5672        | amqp://localhost:5672  | guest | guest  | none
            amqp://user:p%40ss@rabbit                | amqp://rabbit          | user  | p@ss   | none
            amqp://u%3As:a%2Fb%2Cc%25+d@rabbit:1/%2F | amqp://rabbit:1        | u:s   | a/b,c%+d | /
            amqps://user:p@ss:word@rabbit:5671/jobs  | amqps://rabbit:5671    | user  | p@ss:word | jobs
            amqp://user:p%C3%A4ss@rabbit/a%2Fb%20c   | amqp://rabbit          | user  | päss   | a/b c
            amqp://user:p/a:s@s@rabbit:5672/v         | amqp://rabbit:5672     | user  | p/a:s@s | v
            amqp://rabbit:5672/                      | amqp://rabbit:5672     | none  | none   | /
            amqp://[::1]:5672                        | amqp://[::1]:5672      | none  | none   | none
            user:pass@my_rabbit:5672/jobs            | my_rabbit:5672         | user  | pass   | jobs
            """)
    void readsEachPart(String uri, String addresses, String user, String password, String virtualHost) {
        process(uri);
        assertThat(this.environment.getProperty("spring.rabbitmq.addresses")).isEqualTo(addresses);
        assertThat(this.environment.getProperty("spring.rabbitmq.username")).isEqualTo(user);
        assertThat(this.environment.getProperty("spring.rabbitmq.password")).isEqualTo(password);
        assertThat(this.environment.getProperty("spring.rabbitmq.virtual-host")).isEqualTo(virtualHost);
    }

    @Test
    void connectsToEachNodeOfACluster() {
        process("amqps://u:p%40@a:5671/v, amqps://u:p%40@b:5671/v,c:5671");
        assertThat(this.environment.getProperty("spring.rabbitmq.addresses"))
            .isEqualTo("amqps://a:5671,amqps://b:5671,c:5671");
        assertThat(this.environment.getProperty("spring.rabbitmq.password")).isEqualTo("p@");
        assertThat(this.environment.getProperty("spring.rabbitmq.virtual-host")).isEqualTo("v");
    }

    @ParameterizedTest
    @ValueSource(strings = { "amqp://user:50%secret@rabbit", "amqp://user:secret@rabbit/a/b", "amqp://" })
    void refusesWhatIsNotEncodedWithoutShowingIt(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> process(uri))
            .withMessageStartingWith("RABBITMQ_URI")
            .withMessageNotContaining("sec")
            .withNoCause();
    }

    @Test
    void leavesSpringsOwnSettingsWhereThereIsNoAddress() {
        process("");
        assertThat(this.environment.getPropertySources()).noneMatch((source) -> source.getName().contains("RABBIT"));
    }

    private void process(String uri) {
        this.environment.setProperty("RABBITMQ_URI", uri);
        new BrokerAddress().postProcessEnvironment(this.environment, new SpringApplication());
    }

}
