package dev.jobprocessor.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Sign-in by a key and by Keycloak itself, on a cluster that needs credentials. */
@EnabledIfSystemProperty(named = "keycloak", matches = ".+", disabledReason = "it is tested with -Psso")
class SingleSignOnIntegrationTests {

    private static final String KEY = "jp_TestsHaveThisKeyNobodyElseHas04EHrO2";

    @TempDir
    private Path data;

    @TempDir
    private Path logs;

    @Test
    void signsPeopleAndScriptsIn() throws Exception {
        int port = Ports.require(0);
        String address = "http://localhost:" + port;
        try (Keycloak keycloak = Keycloak.start(this.logs, address);
                ClusterProcess cluster = ClusterProcess.start(this.data, port, settings(keycloak))) {
            acceptsTokensOfScripts(keycloak, address);
            BrowserTests.run(this.logs, "sign-in.spec.ts",
                    Map.of("E2E_BASE_URL", address, "E2E_ADMIN_KEY", KEY, "E2E_SSO_PASSWORD", Keycloak.PASSWORD));
            assertThat(cluster.text()).doesNotContain(KEY, Keycloak.CLIENT_SECRET);
        }
    }

    private static Map<String, String> settings(Keycloak keycloak) {
        return Map.of(ClusterProcess.WORK_TIME, "1s", "ACCESS", "required", "ADMIN_API_KEY", KEY, "OIDC_ISSUER_URI",
                keycloak.issuer(), "OIDC_AUDIENCE", "job-processor", "OIDC_ROLES_CLAIM", "realm_access.roles",
                "OIDC_NAME_CLAIM", "preferred_username", "OIDC_CLIENT_ID", "job-processor-dashboard",
                "OIDC_CLIENT_SECRET", Keycloak.CLIENT_SECRET, "OIDC_LABEL", "Keycloak");
    }

    private static void acceptsTokensOfScripts(Keycloak keycloak, String address) throws Exception {
        String token = new JsonMapper().readTree(keycloak.token()).path("access_token").asString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/session"))
            .header("Authorization", "Bearer " + token)
            .build();

        HttpResponse<String> session = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(session.body()).contains("\"service-account-job-processor-script\"", "\"submitter\"")
            .doesNotContain("operator");
    }

}
