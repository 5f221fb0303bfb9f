package dev.jobprocessor.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The service with {@code ACCESS=required}; all such tests share one context. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApiIntegrationTest
@TestPropertySource(properties = { "access.mode=required",
        "access.admin-api-key=" + KeysRequiredIntegrationTest.ADMIN_KEY, "audit.refusals=100000",
        "oidc.audience=" + TestIssuer.AUDIENCE, "oidc.client-id=" + TestIssuer.CLIENT, "oidc.client-secret=secret",
        "oidc.roles-claim=realm_access.roles", "oidc.label=Example ID", "links.grafana=https://grafana.example.org" })
@Import(TestIssuer.class)
public @interface KeysRequiredIntegrationTest {

    String ADMIN_KEY = "jp_TestsHaveThisKeyNobodyElseHas04EHrO2";

}
