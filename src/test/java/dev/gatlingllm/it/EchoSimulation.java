package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.secret.Secret;
import io.gatling.javaapi.core.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every provider, and an application, sends the prompt to each place of an {@link EchoServer}. */
public class EchoSimulation extends Simulation {

  private static final String SERVER = System.getProperty("echo.server");

  private final LlmConfig config = LlmConfig.read();

  {
    List<Map<String, Object>> calls = new ArrayList<>();
    for (String place : EchoServer.PLACES) {
      for (String provider : EchoClients.PROVIDERS) {
        calls.add(Map.of("provider", provider, "place", place + "-here"));
      }
    }
    setUp(
            scenario("Providers")
                .exec(feed(listFeeder(calls).queue()), chat())
                .injectOpen(atOnceUsers(calls.size())),
            scenario("Application")
                .exec(
                    feed(
                        listFeeder(
                                EchoServer.PLACES.stream()
                                    .map(place -> Map.<String, Object>of("place", place + "-here"))
                                    .toList())
                            .queue()),
                    ask())
                .injectOpen(atOnceUsers(EchoServer.PLACES.size())))
        .protocols(
            http.disableWarmUp(),
            llm.config(config)
                .client(same -> new EchoClients(SERVER, config))
                .hooks(new LeakingHook()))
        .maxDuration(Long.getLong("echo.atMostSeconds"));
  }

  private static LlmActionBuilder chat() {
    return llm("chat")
        .systemPrompt("You are a careful assistant of the marked test.")
        .prompt(SecretsIT.PROMPT)
        .model(session -> session.getString("place"))
        .region(session -> session.getString("provider"))
        .maxTokens(20)
        .check(
            bodyString()
                .transform(
                    text -> {
                      if (text.length() > 100) {
                        throw Leak.thrown("a check of " + text);
                      }
                      return text;
                    }));
  }

  private static LlmActionBuilder ask() {
    return llm("ask")
        .prompt("asked over HTTP")
        .over(
            new OverHttp(
                "app",
                http("ask")
                    .post(SERVER + "/app/#{place}" + System.getProperty("llm.rag.path"))
                    .header("x-functions-key", System.getenv("ORCHESTRATOR_KEY"))
                    .body(
                        StringBody(
                            "{\"question\": \""
                                + SecretsIT.PROMPT.replace("\"", "\\\"").replace("\n", "\\n")
                                + "\"}")),
                new AppFormat.Json(
                    AppFormat.Path.of("text", "answer"), AppFormat.Path.of("id", "id")),
                "id",
                Optional.of(Secret.of(System.getenv("ORCHESTRATOR_KEY")))));
  }
}
