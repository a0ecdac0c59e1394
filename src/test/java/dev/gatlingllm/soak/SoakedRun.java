package dev.gatlingllm.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run of one provider in a JVM, and its simulated endpoint in another. */
final class SoakedRun implements AutoCloseable {

  private static final Duration BEFORE_AND_AFTER = Duration.ofMinutes(3);
  private static final Map<String, String> KEYS =
      Map.of(
          "OPENAI_API_KEY", "key-of-the-soak-0123456789",
          "AZURE_OPENAI_API_KEY", "key-of-the-soak-0123456789",
          "AWS_BEARER_TOKEN_BEDROCK", "key-of-the-soak-0123456789");

  private final String provider;
  private final Path folder;
  private final Duration duration;
  private final Process endpoint;
  private final Process gatling;

  private SoakedRun(
      String provider, Path folder, Duration duration, Process endpoint, Process gatling) {
    this.provider = provider;
    this.folder = folder;
    this.duration = duration;
    this.endpoint = endpoint;
    this.gatling = gatling;
  }

  /**
   * Starts a run.
   *
   * @param parent where its files go
   * @param rpm calls per minute
   */
  static SoakedRun start(Path parent, String provider, Duration duration, String rpm)
      throws IOException {
    Path folder = Files.createDirectories(parent.resolve(provider));
    Process endpoint =
        java(
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                "dev.gatlingllm.Main",
                List.of(
                    "simulator",
                    "--ttft=200ms",
                    "--tokensPerSecond=50",
                    "--tokensPerChunk=1",
                    "--capacity=1000",
                    "--recordedCalls=0"))
            .redirectError(folder.resolve("endpoint.txt").toFile())
            .start();
    String ready = endpoint.inputReader(StandardCharsets.UTF_8).readLine();
    if (ready == null) {
      throw new IOException("the simulated endpoint did not start: " + folder);
    }
    ProcessBuilder gatling =
        java(
            options(folder, provider, ready.substring(ready.lastIndexOf(' ') + 1), duration, rpm),
            "io.gatling.app.Gatling",
            List.of(
                "-s",
                "rpm.ShapeProfileSimulation",
                "-rf",
                folder.resolve("gatling").toString(),
                "-l",
                "maven",
                "-btv",
                "3.8.7"));
    gatling.environment().putAll(KEYS);
    Path console = folder.resolve("console.txt");
    gatling.redirectErrorStream(true).redirectOutput(console.toFile());
    return new SoakedRun(provider, folder, duration, endpoint, gatling.start());
  }

  private static List<String> options(
      Path folder, String provider, String address, Duration duration, String rpm) {
    List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    Stream.concat(
            settings(provider, address).stream(),
            Stream.of(
                "llm.provider=" + provider,
                "llm.record.folder=" + folder.resolve("runs"),
                "llm.load.rpm=" + rpm,
                "llm.load.duration=" + duration.toSeconds() + "s",
                "llm.profile.shape=custom",
                "llm.profile.contextTokens=100",
                "llm.profile.maxTokens=50",
                "llm.warmUp.probes=0",
                "llm.calibration.duration=0s",
                "llm.console.progress=60s",
                "llm.hooks=" + SoakProbe.class.getName()))
        .forEach(setting -> options.add("-D" + setting));
    return options;
  }

  private static List<String> settings(String provider, String address) {
    return switch (provider) {
      case "openai" -> List.of("llm.openai.baseUrl=" + address + "/v1", "llm.openai.model=m");
      case "azure-openai" -> List.of("llm.azure.endpoint=" + address, "llm.azure.deployment=m");
      default ->
          List.of(
              "llm.bedrock.endpoint=" + address,
              "llm.bedrock.region=us-east-1",
              "llm.bedrock.modelId=m");
    };
  }

  private static ProcessBuilder java(
      List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  String provider() {
    return provider;
  }

  /** Waits for the end; what it says is empty if the run ended as it should. */
  String awaitEnd() throws InterruptedException {
    if (!gatling.waitFor(duration.plus(BEFORE_AND_AFTER).toSeconds(), TimeUnit.SECONDS)) {
      return "the run does not end: " + folder;
    }
    return gatling.exitValue() == 0 ? "" : "exit code " + gatling.exitValue() + ": " + folder;
  }

  List<Sample> samples() throws IOException {
    try (Stream<String> lines = Files.lines(run().resolve(SoakProbe.FILE))) {
      return lines.map(Sample::of).toList();
    }
  }

  /** How many calls were recorded. */
  long calls() throws IOException {
    try (Stream<String> lines = Files.lines(run().resolve("calls.jsonl"))) {
      return lines.count();
    }
  }

  private Path run() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.findFirst().orElseThrow(() -> new IOException("no run in " + folder));
    }
  }

  @Override
  public void close() {
    gatling.destroyForcibly();
    endpoint.destroy();
  }
}
