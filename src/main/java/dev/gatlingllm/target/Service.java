package dev.gatlingllm.target;

import dev.gatlingllm.provider.LlmClient;
import java.net.URI;
import java.util.function.Supplier;

/**
 * A model service that settings describe.
 *
 * @param address where it listens
 * @param client makes a client of it; throws a ConfigurationException if there are no credentials
 */
record Service(URI address, Supplier<LlmClient> client) {

  boolean tls() {
    return address.getScheme().equals("https");
  }

  LlmClient connect() {
    return client.get();
  }
}
