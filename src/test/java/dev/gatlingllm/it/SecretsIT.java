package dev.gatlingllm.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsIT {

  private static final String KEY = "sk-4bf1f0a7c2d94e6b";

  @TempDir private Path folder;

  @TempDir private Path questions;

  @Test
  void theKeyTravelsToTheServiceAndReachesNoFileAndNoConsole() throws Exception {
    SimulatorSettings settings =
        SimulatorConfig.of("apiKey = " + KEY + ", faults.reject = 0.3, faults.cut = 0.2");
    try (Simulator service = Simulator.start(settings, NanoClock.SYSTEM)) {
      GatlingProcess gatling =
          GatlingProcess.start(
              folder,
              Map.of("AZURE_OPENAI_API_KEY", KEY),
              "rpm.ShapeProfileSimulation",
              "llm.provider=azure-openai",
              "llm.azure.endpoint=" + service.uri(),
              "llm.azure.deployment=gpt-4o",
              "llm.load.rpm=1200",
              "llm.load.duration=2s",
              "llm.profile.shape=custom",
              "llm.profile.contextTokens=50",
              "llm.profile.maxTokens=20",
              "llm.record.content=true");
      assertThat(gatling.exitCode()).as(gatling.console()).isZero();
      assertThat(gatling.calls()).anyMatch(call -> call.outcome() == Outcome.SUCCEEDED);
      assertThat(gatling.calls()).anyMatch(call -> call.outcome() == Outcome.REJECTED);
      assertThat(gatling.calls()).noneMatch(call -> call.service().status() == 401);
    }
    assertThat(filesThatHold(KEY)).isEmpty();
  }

  /** With what an encoder touches: quotes, line feeds, signs of HTML and of URLs. */
  static final String PROMPT =
      "MARKED prompt of the test over everything: \"What did <ACME & Sons> pay\n"
          + "for 100 % of the cod3-7f19e2 rights, + costs?\" Reply with one word, please, not two.";

  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("AZURE_OPENAI_API_KEY", "az-Qm9vSecret0123456789abcdef"),
          Map.entry("OPENAI_API_KEY", "sk-oaiXkey-9a8b7c6d5e4f3a2b1c0d"),
          Map.entry("AWS_ACCESS_KEY_ID", "AKIASECRETSIT0000001"),
          Map.entry("AWS_SECRET_ACCESS_KEY", "awsSecret/Q+7hJ2k1LmN0pQrS5tUvW8xYz"),
          Map.entry("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjEJr//wEaCXVzLWVhc3+Q=="),
          Map.entry("AZURE_CLIENT_SECRET", "entra~Secret.4f5e6d7c8b9a"),
          Map.entry("ANTHROPIC_API_KEY", "sk-ant-api03-unsent-0011223344"),
          Map.entry("ORCHESTRATOR_KEY", "func+key/7a6b5c4d3e2f=="),
          Map.entry("BEARER_FOR_TEST_TOKEN", "ABSKbedrockApiKey99887766"),
          Map.entry("HTTPS_PROXY", "http://proxyuser:pr%40xyPassw0rd@127.0.0.1:9"),
          Map.entry(
              "STORAGE_CONNECTION_STRING",
              "AccountName=lab;AccountKey=c3RvcmFnZUtleTEyMzQ1Njc4OQ;Suffix=x"));

  private static final List<String> SETTINGS =
      List.of(
          "javax.net.ssl.trustStorePassword=trust$toreSecret1",
          "ftp.proxyPassword=ftpProxySecret2",
          "llm.rag.path=/api/orc?api-version=2&code=queryCode%2BSecret3",
          "llm.request.extraBody.api_key=extraBodySecret4",
          "llm.warmUp.atMost=0s",
          "llm.calibration.duration=0s",
          "llm.warmUp.probes=0");

  /** Each secret as it is, and as it is sent where that differs. */
  private static final List<String> SECRETS =
      List.of(
          "az-Qm9vSecret0123456789abcdef",
          "sk-oaiXkey-9a8b7c6d5e4f3a2b1c0d",
          "AKIASECRETSIT0000001",
          "awsSecret/Q+7hJ2k1LmN0pQrS5tUvW8xYz",
          "IQoJb3JpZ2luX2VjEJr//wEaCXVzLWVhc3+Q==",
          "entra~Secret.4f5e6d7c8b9a",
          "sk-ant-api03-unsent-0011223344",
          "func+key/7a6b5c4d3e2f==",
          "ABSKbedrockApiKey99887766",
          "pr%40xyPassw0rd",
          "pr@xyPassw0rd",
          "c3RvcmFnZUtleTEyMzQ1Njc4OQ",
          "trust$toreSecret1",
          "ftpProxySecret2",
          "queryCode%2BSecret3",
          "queryCode+Secret3",
          "extraBodySecret4");

  @Test
  void nothingThatAnEchoingServiceOrFailingCodeSaysIsWrittenAnywhere() throws Exception {
    try (EchoServer service = EchoServer.start()) {
      GatlingProcess gatling = run(service, EchoSimulation.class.getName(), loggingEverything());
      // Gatling's own code: whether checks and calls failed is no matter here.
      int unused = gatling.exitCode();
      assertThat(gatling.console()).contains("[llm] run folder", "afterCall", "[llm] verdict");
      // Bedrock with a key and with a signature look alike to the service.
      assertThat(service.reached()).hasSize(4 * EchoServer.PLACES.size());
      assertThat(gatling.calls()).hasSize(5 * EchoServer.PLACES.size());
    }
    assertNothingIsWritten();
  }

  @Test
  void theApplicationsKeyPathAndQuestionsReachNoFileAndNoConsole() throws Exception {
    Path file = questions.resolve("questions.csv");
    Files.writeString(file, "\"" + PROMPT.replace("\n", " ").replace("\"", "\"\"") + "\"\n");
    try (EchoServer service = EchoServer.start()) {
      GatlingProcess gatling =
          run(
              service,
              "rag.OrchestratorSimulation",
              List.of(
                  "llm.rag.url=" + service.uri(),
                  "llm.rag.path=/app/orc?api-version=2&code=queryCode%2BSecret3",
                  "llm.rag.questions=" + file,
                  "llm.rag.users=2",
                  "llm.rag.delay=0s",
                  "llm.rag.rampUp=0s",
                  "llm.rag.duration=8s",
                  "llm.rag.pause=20ms",
                  "llm.rag.pauseUpTo=0s",
                  "llm.hooks=" + LeakingHook.class.getName()));
      int unused = gatling.exitCode();
      assertThat(service.reached()).hasSize(EchoServer.PLACES.size());
      assertThat(gatling.calls()).anyMatch(call -> call.outcome() == Outcome.REJECTED);
    }
    assertNothingIsWritten();
  }

  private GatlingProcess run(EchoServer service, String simulation, List<String> more) {
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.add("echo.server=" + service.uri());
    settings.add("echo.atMostSeconds=40");
    settings.addAll(more);
    return GatlingProcess.start(folder, VARIABLES, simulation, settings.toArray(new String[0]));
  }

  /** A configuration of the user's own, which hides nothing, to the console and to a file. */
  private List<String> loggingEverything() throws IOException {
    Path configuration = folder.resolve("logback-everything.xml");
    Files.writeString(
        configuration,
        String.format(
            Locale.ROOT,
            """
        <configuration>
          <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%%d [%%level] %%logger - %%msg%%n</pattern></encoder>
          </appender>
          <appender name="FILE" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder><pattern>%%d [%%level] %%logger - %%msg%%n%%ex</pattern></encoder>
          </appender>
          <logger name="software.amazon.awssdk" level="TRACE"/>
          <logger name="io.gatling.http" level="TRACE"><appender-ref ref="FILE"/></logger>
          <root level="TRACE"><appender-ref ref="CONSOLE"/><appender-ref ref="FILE"/></root>
        </configuration>
        """,
            folder.resolve("everything.log")));
    return List.of(
        "logback.configurationFile=" + configuration,
        "llm.tokenizer=class:" + LeakingTokenizer.class.getName());
  }

  private void assertNothingIsWritten() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path file : files()) {
      String text = new String(Files.readAllBytes(file), ISO_8859_1);
      for (String secret : SECRETS) {
        for (String form : forms(secret)) {
          int at = text.indexOf(form);
          if (at >= 0) {
            found.put(folder.relativize(file) + ": " + form, around(text, at));
          }
        }
      }
      int at = promptIn(text);
      if (at >= 0) {
        found.put(folder.relativize(file) + ": the prompt", around(text, at));
      }
    }
    assertThat(found).isEmpty();
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100));
  }

  /** As it is, for a URL, and in base64 as it looks wherever it stands in what was encoded. */
  private static Set<String> forms(String secret) {
    Set<String> forms = new TreeSet<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
    for (String before : List.of("", "u", "us")) {
      byte[] bytes = (before + secret).getBytes(UTF_8);
      int from = before.isEmpty() ? 0 : before.length() + 1;
      String encoded = Base64.getEncoder().encodeToString(bytes);
      forms.add(encoded.substring(from, bytes.length * 4 / 3));
      forms.add(Base64.getUrlEncoder().encodeToString(bytes).substring(from, bytes.length * 4 / 3));
    }
    return forms;
  }

  /** Where a run of 24 characters of the prompt begins: each holds a whole piece of twelve. */
  private static int promptIn(String text) {
    for (int piece = 0; piece + 12 <= PROMPT.length(); piece += 12) {
      for (int at = text.indexOf(PROMPT.substring(piece, piece + 12));
          at >= 0;
          at = text.indexOf(PROMPT.substring(piece, piece + 12), at + 1)) {
        for (int from = Math.max(0, piece - 12);
            from <= piece && from + 24 <= PROMPT.length();
            from++) {
          if (text.startsWith(PROMPT.substring(from, from + 24), at - piece + from)) {
            return at;
          }
        }
      }
    }
    return -1;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private List<Path> filesThatHold(String text) throws IOException {
    return files().stream().filter(file -> holds(file, text)).toList();
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
