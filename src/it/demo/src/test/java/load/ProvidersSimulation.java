package load;

import static dev.gatlingllm.LlmDsl.*;
import static io.gatling.javaapi.core.CoreDsl.*;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Each provider over plain HTTP and over TLS, each called once, by the clients that a real endpoint
 * gets; the endpoints are simulated ones of this JVM, to which the settings do not lead.
 */
public class ProvidersSimulation extends Simulation {

  private static final String PASSWORD = "changeit";

  private final Simulator plain =
      Simulator.start(SimulatorConfig.of("ttft = 5 ms"), NanoClock.SYSTEM);
  private final Simulator tls =
      Simulator.start(SimulatorConfig.of("ttft = 5 ms, tls = true"), NanoClock.SYSTEM);

  {
    trust(tls);
    setUp(scenario("each provider").exec(all()).injectOpen(atOnceUsers(1)))
        .protocols(
            llm.targets(
                target("openai-plain").provider("openai").model("m").baseUrl(plain.uri() + "/v1"),
                target("openai-tls").provider("openai").model("m").baseUrl(tls.uri() + "/v1"),
                target("anthropic-plain")
                    .provider("anthropic")
                    .model("m")
                    .baseUrl(plain.uri().toString()),
                target("anthropic-tls")
                    .provider("anthropic")
                    .model("m")
                    .baseUrl(tls.uri().toString()),
                target("azure-plain")
                    .provider("azure-openai")
                    .model("m")
                    .baseUrl(plain.uri().toString()),
                target("azure-tls")
                    .provider("azure-openai")
                    .model("m")
                    .baseUrl(tls.uri().toString()),
                target("bedrock-plain")
                    .provider("bedrock")
                    .model("m")
                    .baseUrl(plain.uri().toString()),
                target("bedrock-tls")
                    .provider("bedrock")
                    .model("m")
                    .baseUrl(tls.uri().toString())));
  }

  private static ChainBuilder all() {
    List<ChainBuilder> calls = new ArrayList<>();
    for (String provider : List.of("openai", "anthropic", "azure", "bedrock")) {
      for (String wire : List.of("plain", "tls")) {
        calls.add(
            exec(
                llm("chat")
                    .target(provider + "-" + wire)
                    .prompt("Say hello.")
                    .maxTokens(20)
                    .check(answer().exists(), ttft().gt(0.0))));
      }
    }
    return exec(calls);
  }

  private static void trust(Simulator endpoint) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("simulated", endpoint.certificate().orElseThrow());
      Path file = Path.of("target", "trust.p12");
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, PASSWORD.toCharArray());
      }
      System.setProperty("javax.net.ssl.trustStore", file.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void after() {
    plain.close();
    tls.close();
  }
}
