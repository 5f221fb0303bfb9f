/* Verifies a delivery as a receiver in Node does: secret, body, and its webhook-id, -timestamp and -signature. */
import { argv, stdout } from "node:process";
import { Webhook } from "standardwebhooks";

const [, , secret, body, id, timestamp, signature] = argv;
const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
stdout.write(`verified ${new Webhook(secret).verify(body, headers).type}\n`);
