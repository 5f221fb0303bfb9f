package dev.jobprocessor.api.webhooks;

import java.util.List;

import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The secrets of one submitter.
 *
 * @param id its name; empty where access is open
 * @param secrets newest first
 */
@Document("webhook-secrets")
record SecretsOfSubmitter(String id, List<Secret> secrets) {

    static final String SECRETS = "secrets";

    static final String IDS = "secrets.id";

}
