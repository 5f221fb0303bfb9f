package dev.jobprocessor.bench;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Whether the API asks for keys, and how its clients are let in. */
enum Access {

    OPEN(Map.of()),

    REQUIRED(Map.of("ADMIN_API_KEY", Access.KEY), "Authorization: Bearer " + Access.KEY);

    /** For an API on the loopback interface that stores nothing. */
    private static final String KEY = "jp_TestsHaveThisKeyNobodyElseHas04EHrO2";

    private final Map<String, String> environment;

    private final String[] headers;

    Access(Map<String, String> environment, String... headers) {
        this.environment = environment;
        this.headers = headers;
    }

    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(this.environment);
        all.put("ACCESS", name().toLowerCase(Locale.ROOT));
        return all;
    }

    String[] headers() {
        return this.headers;
    }

}
