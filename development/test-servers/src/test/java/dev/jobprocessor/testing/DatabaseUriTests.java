package dev.jobprocessor.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabaseUriTests {

    @ParameterizedTest
    @CsvSource({ "mongodb://h:1, mongodb://h:1/test", "mongodb://h:1/db?w=1, mongodb://h:1/test?w=1",
            "mongodb://u:p@h/, mongodb://u:p@h/test?authSource=admin",
            "mongodb://u:p@h/db?w=1, mongodb://u:p@h/test?w=1&authSource=db",
            "mongodb://u:p@h/db?authSource=a, mongodb://u:p@h/test?authSource=a" })
    void keepsLoginUnderAnotherName(String given, String named) {
        assertThat(DatabaseUri.parse(given).named("test")).hasToString(named);
    }

    @ParameterizedTest
    @CsvSource({ "mongodb://h:1, mongodb://127.0.0.1:2/?directConnection=true",
            "'mongodb://u:p@a:1,b:1/db?replicaSet=rs', mongodb://u:p@127.0.0.1:2/db?replicaSet=rs&directConnection=true" })
    void goesThroughOneAddressOnly(String given, String proxied) {
        assertThat(DatabaseUri.parse(given).at("127.0.0.1:2")).hasToString(proxied);
    }

    @Test
    void refusesOtherAddresses() {
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUri.parse("mongodb+srv://h"));
    }

}
