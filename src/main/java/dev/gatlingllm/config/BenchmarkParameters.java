package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.gatlingllm.secret.SecretSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings from a {@code benchmark.parameters} file, the shell variables by which the LLMOps lab
 * runs Azure's benchmarking tool. A variable that it does not know is refused by name. The key in
 * it is not read: keys come from the environment.
 */
final class BenchmarkParameters {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");

  private static final String KEY = "OPENAI_API_KEY";

  /** What stands for itself, or for nothing here. */
  private static final Map<String, List<String>> SETTINGS = settings();

  private BenchmarkParameters() {}

  private static Map<String, List<String>> settings() {
    Map<String, List<String>> settings = new TreeMap<>();
    settings.put(KEY, List.of());
    settings.put("ERROR_FILE", List.of());
    settings.put("TEST_NAME", List.of("llm.description"));
    settings.put("AOAI_ENDPOINT", List.of("llm.azure.endpoint"));
    settings.put("AOAI_DEPLOYMENT", List.of("llm.azure.deployment"));
    settings.put("CONTEXT_TOKENS", List.of("llm.profile.contextTokens"));
    settings.put("MAX_TOKENS", List.of("llm.profile.maxTokens"));
    settings.put("RATE", List.of("llm.load.rpm"));
    settings.put("CLIENTS", List.of("llm.load.clients"));
    settings.put("DURATION", List.of("llm.load.duration"));
    settings.put("RETRY", List.of("llm.retry.mode"));
    return settings;
  }

  /**
   * Reads the file.
   *
   * @throws ConfigurationException naming the line and what is accepted; never the value of a key
   */
  static Config read(Path file) {
    Map<String, String> variables = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (!assignment.matches()) {
          throw refused(file, number, "must be NAME=VALUE, with or without export");
        }
        String name = assignment.group(1);
        if (!SETTINGS.containsKey(name)) {
          throw refused(
              file,
              number,
              "unknown variable "
                  + name
                  + "; known are "
                  + String.join(", ", new TreeSet<>(SETTINGS.keySet())));
        }
        variables.put(name, value(assignment.group(2)));
        SecretSources.addNamed(name, value(assignment.group(2)));
      }
    }
    return ConfigFactory.parseMap(translated(file, variables), file.toString());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          "llm.benchmarkParameters cannot be read: "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }

  private static ConfigurationException refused(Path file, int line, String what) {
    return new ConfigurationException(file + " line " + line + ": " + what);
  }

  /** Without quotes, or the comment behind it. */
  private static String value(String text) {
    String value = text.strip();
    Matcher quoted = Pattern.compile("([\"'])(.*?)\\1(\\s+#.*)?").matcher(value);
    return quoted.matches() ? quoted.group(2) : value.replaceFirst("\\s+#.*$", "");
  }

  private static Map<String, Object> translated(Path file, Map<String, String> variables) {
    Map<String, Object> settings = new LinkedHashMap<>();
    variables.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            SETTINGS.get(name).forEach(key -> settings.put(key, value(file, name, value)));
          }
        });
    if (settings.containsKey("llm.azure.endpoint")) {
      settings.put("llm.provider", "azure-openai");
      settings.put("llm.azure.keyVariable", KEY);
    }
    if (settings.containsKey("llm.profile.contextTokens")
        || settings.containsKey("llm.profile.maxTokens")) {
      settings.put("llm.profile.shape", "custom");
    }
    return settings;
  }

  private static String value(Path file, String name, String value) {
    return switch (name) {
      case "DURATION" -> value + " s";
      case "RETRY" ->
          switch (value) {
            case "none" -> "none";
            case "exponential" -> "both";
            default ->
                throw new ConfigurationException(
                    file + ": RETRY must be none or exponential, was \"" + value + '"');
          };
      default -> value;
    };
  }
}
