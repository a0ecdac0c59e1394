package dev.gatlingllm.run;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.record.RunInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What {@code run.json} says about the machine and the software of a run. */
final class RunEnvironment {

  private RunEnvironment() {}

  /** What is known of a run that begins. */
  static RunInfo begun(LlmConfig config, String simulation, Instant start) {
    return RunInfo.begun(
            simulation,
            config.description(),
            start,
            new RunInfo.Setup(config.seed(), gitRevision(), config.effective(), versions(), host()))
        .withTogether(new RunInfo.Together(config.load().share(), Optional.empty()));
  }

  static Map<String, String> versions() {
    Properties properties = new Properties();
    try (InputStream in = RunEnvironment.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("versions.properties cannot be read", e);
    }
    Map<String, String> versions = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> versions.put(name, properties.getProperty(name)));
    versions.put("jdk", System.getProperty("java.vendor") + " " + Runtime.version());
    return versions;
  }

  static Map<String, String> host() {
    Map<String, String> host = new TreeMap<>();
    host.put("name", hostName());
    host.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    host.put("arch", System.getProperty("os.arch"));
    host.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    host.put("heapMiB", String.valueOf(Runtime.getRuntime().maxMemory() >> 20));
    return host;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException ignored) {
      return "unknown";
    }
  }

  /** The checked-out revision; empty where there is no repository or no git. */
  static String gitRevision() {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String revision =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? revision : "";
    } catch (IOException ignored) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
