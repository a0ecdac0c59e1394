package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project in the form of Gatling's demo that has the library as a dependency, as Maven resolves
 * it: {@code dependencyManagement} does not reach it.
 */
class ConsumerIT {

  private static final String FOLDER = "dev/gatlingllm/gatling-llm";
  private static final Path OURS = Path.of(System.getProperty("consumer.repository"));
  private static final Path JAR = Path.of(System.getProperty("consumer.jar"));
  private static final String VERSION =
      JAR.getFileName().toString().replaceAll("gatling-llm-|\\.jar", "");

  @TempDir private Path folder;

  @Test
  void callsEachProviderOverPlainHttpAndTls() throws Exception {
    copy(Path.of("src/it/demo"), folder.resolve("demo"));

    String console = mavenRuns("gatling:test");

    assertThat(calls(folder.resolve("demo/reports/runs")))
        .as(console)
        .extracting(call -> call.labels().get("target") + " " + call.outcome())
        .containsExactlyInAnyOrder(
            Stream.of("openai", "anthropic", "azure", "bedrock")
                .flatMap(provider -> Stream.of(provider + "-plain ", provider + "-tls "))
                .map(target -> target + Outcome.SUCCEEDED)
                .toArray(String[]::new));
  }

  private String mavenRuns(String goal) throws Exception {
    Path output = folder.resolve("console.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository(),
                goal,
                "-Dgatling.simulationClass=load.ProvidersSimulation",
                "-Dgatling.jvmArgs=-XX:TieredStopAtLevel=1",
                "-Dllm.warmUp.atMost=0s",
                "-Dllm.timeout.connect=4min",
                "-Dllm.timeout.firstToken=4min",
                "-Dllm.timeout.stall=4min",
                "-Dllm.calibration.duration=0s")
            .directory(folder.resolve("demo").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("AZURE_"));
    environment.putAll(
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "OPENAI_API_KEY", "any",
            "ANTHROPIC_API_KEY", "any",
            "AZURE_OPENAI_API_KEY", "any",
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "any",
            "AWS_SECRET_ACCESS_KEY", "any"));
    Process maven = builder.start();
    boolean ended = maven.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
    String console = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended && maven.exitValue() == 0).as(console).isTrue();
    return console;
  }

  private static List<CallRecord> calls(Path runs) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (Path run : entries(runs)) {
      CallRecordReader.read(new RunFiles(run).calls(), calls::add);
    }
    return calls;
  }

  /** A repository with what would be published, which for all else leads to that of this build. */
  private Path repository() throws IOException {
    Path repository = folder.resolve("repository");
    Path library = Files.createDirectories(repository.resolve(FOLDER).resolve(VERSION));
    String name = "gatling-llm-" + VERSION;
    Files.copy(JAR, library.resolve(name + ".jar"));
    Files.copy(Path.of("pom.xml"), library.resolve(name + ".pom"));
    link(OURS, repository, "dev");
    if (Files.isDirectory(OURS.resolve("dev"))) {
      link(OURS.resolve("dev"), repository.resolve("dev"), "gatlingllm");
    }
    return repository;
  }

  private static void link(Path from, Path to, String except) throws IOException {
    for (Path entry : entries(from)) {
      if (!entry.endsWith(except)) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
      }
    }
  }

  /** JUnit would warn of each that leads out of the folder that it deletes. */
  @AfterEach
  void unlink() throws IOException {
    for (String parent : List.of("repository", "repository/dev")) {
      for (Path entry : entries(folder.resolve(parent))) {
        if (Files.isSymbolicLink(entry)) {
          Files.delete(entry);
        }
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }
}
