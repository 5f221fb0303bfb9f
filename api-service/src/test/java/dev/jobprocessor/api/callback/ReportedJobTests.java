package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReportedJobTests {

    private static final String FORM = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"jobId":"a","result":                            | a |
            {"jobId":"a","attempt":"","result":"r"}           | a |
            {"jobId":"a","attempt":2,"result":"say "hi""}     | a | 2
            {"attempt":2,"jobId":"a","result":{"n":[{]        | a | 2
            {"result":{"jobId":"b"},"jobId":"a",              | a |
            {"result":"\\d","jobId":'a',                      | a |
            {result:,jobId:"a",                               | a |
            {"jobId":"a","attempt":0,                         | a |
            {"jobId":"a","attempt":99999999999,               | a |
            {"jobId":"a","attempt":"2",                       | a | 2
            jobId=a&attempt=2&result=r                        | a | 2
            result=r&jobId=a                                  | a |
            """)
    void findsWhatAReportNames(String body, String id, @Nullable Integer attempt) {
        assertThat(ReportedJob.in(body.getBytes(StandardCharsets.UTF_8))).contains(new ReportedJob(id, attempt));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "{", "[", "null", "7", "a", "{\"jobId\"", "{\"jobId\":", "{\"jobId\":\"a",
            "{\"jobId\":null}", "{\"jobId\":{\"jobId\":\"a\"}}", "[{\"jobId\":\"a\"}]",
            "{\"result\":{\"jobId\":\"a\"}}", "{\"result\":\"?x=1&jobId=a\"}", "[\"?x=1&jobId=a\"]", "otherjobId=a",
            "jobId=&attempt=2", "attempt=2" })
    void findsNothingInReportThatNamesNoJob(String body) {
        assertThat(ReportedJob.in(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void findsWhatAFormOfPartsNames() {
        String body = FORM.formatted("result", "name=b") + FORM.formatted("attempt", 2) + FORM.formatted("jobId", "a");
        assertThat(ReportedJob.in(body.getBytes(StandardCharsets.UTF_8))).contains(new ReportedJob("a", 2));
    }

    @Test
    void readsTextWithUnescapedLines() {
        String body = "{\"result\":\"one\ntwo\",\"jobId\":\"a\",\"attempt\":oops}";
        assertThat(ReportedJob.in(body.getBytes(StandardCharsets.UTF_8))).contains(new ReportedJob("a", null));
    }

    @Test
    void passesOverBytesThatAreNoText() {
        assertThat(ReportedJob.in(new byte[] { '{', '"', (byte) 0xFF, (byte) 0xFE, '"', ':', '1', '}' })).isEmpty();
    }

}
