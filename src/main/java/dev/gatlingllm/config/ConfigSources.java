package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.record.RenamedSettings;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.secret.SecretNames;
import dev.gatlingllm.secret.SecretSources;
import dev.gatlingllm.text.TextFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the sources of the configuration on top of one another and refuses unknown keys. */
final class ConfigSources {

  /** Names a settings file of one's own: {@code -Dllm.conf=paygo-4rpm.conf}. */
  static final String FILE_KEY = "llm.conf";

  /** Names the parameters of the LLMOps lab: {@code -Dllm.benchmarkParameters=FILE}. */
  static final String PARAMETERS_KEY = "llm.benchmarkParameters";

  /** Gatling's plugin runs a simulation in Maven's own JVM without setting the thread's loader. */
  private static final ClassLoader OURS = ConfigSources.class.getClassLoader();

  private static final Config REFERENCE =
      ConfigFactory.parseResources(OURS, "reference.conf").withOnlyPath("llm");

  private static final Set<String> SOURCES = Set.of(FILE_KEY, PARAMETERS_KEY);

  private static final String HEADERS = "llm.request.headers";

  /** Whatever their names are, values below these are not shown. */
  private static final List<String> SECRET_HEADERS =
      List.of(HEADERS, TelemetryConfig.HEADERS, ServerMetricsConfig.HEADERS);

  private static final Set<String> OPEN_SECTIONS =
      Set.of(
          "llm.labels",
          "llm.regions",
          "llm.slo.ttft",
          "llm.slo.e2e",
          "llm.slo.ttftUser",
          "llm.slo.e2eUser",
          "llm.slo.tokensPerSecond",
          "llm.request.extraBody",
          HEADERS,
          TelemetryConfig.HEADERS,
          ServerMetricsConfig.HEADERS,
          "llm.otlp.resource",
          "llm.bedrock.custom.request");

  private static final List<String> BODY_FIELDS =
      List.of("llm.request.extraBody", "llm.targets.extraBody", "llm.bedrock.custom.request");

  private static final List<String> VARIABLES =
      List.of("llm.azure.keyVariable", "llm.rag.keyVariable");
  private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)?");

  /** Letters and digits without the underscores that a name of this length has. */
  private static final Pattern KEY_ITSELF =
      Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9]{24,}");

  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  private ConfigSources() {}

  /** Every key with its default, not yet resolved. */
  static Config reference() {
    return REFERENCE;
  }

  /** What the user sets, on top of these defaults, which have every key that is accepted. */
  static Config load(Properties systemProperties, Config reference) {
    return checked(
        properties(systemProperties)
            .withFallback(parameters(systemProperties.getProperty(PARAMETERS_KEY)))
            .withFallback(userFile(systemProperties.getProperty(FILE_KEY))),
        reference);
  }

  /** These settings on top of the defaults. */
  static Config checked(Config settings, Config reference) {
    Config effective = ProfileConfig.asList(TargetConfig.asList(withoutNulls(settings, reference)));
    registerSecrets("", effective.getObject("llm"));
    SECRET_HEADERS.stream()
        .filter(effective::hasPath)
        .forEach(section -> refuseSecretHeaders(section, effective));
    refuseUnknownKeys(effective, reference.resolve());
    VARIABLES.stream().filter(effective::hasPath).forEach(key -> refuseKeys(key, effective));
    return effective;
  }

  /** A setting that is null has its default; in the body of a request, null is a value. */
  private static Config withoutNulls(Config settings, Config reference) {
    try {
      Config effective = settings.withFallback(reference).resolve();
      Config set = settings;
      for (List<String> path : nulls(List.of("llm"), effective.getObject("llm"))) {
        if (BODY_FIELDS.stream().noneMatch(field -> isBelow(String.join(".", path), field))) {
          set = set.withoutPath(ConfigUtil.joinPath(path));
        }
      }
      return set == settings ? effective : set.withFallback(reference).resolve();
    } catch (ConfigException e) {
      throw new ConfigurationException("configuration cannot be read: " + said(e));
    }
  }

  private static List<List<String>> nulls(List<String> path, ConfigObject object) {
    List<List<String>> found = new ArrayList<>();
    object.forEach(
        (name, value) -> {
          List<String> below = new ArrayList<>(path);
          below.add(name);
          if (value.valueType() == ConfigValueType.NULL) {
            found.add(below);
          } else if (value instanceof ConfigObject inner) {
            found.addAll(nulls(below, inner));
          }
        });
    return found;
  }

  /**
   * The effective settings as {@code run.json} keeps them: key and value, sorted. A field of a
   * request's body whose name says that it is a secret reads {@code ***}.
   */
  static SortedMap<String, String> flat(Config effective) {
    SortedMap<String, String> flat = new TreeMap<>();
    leaves(List.of(), effective.getObject("llm"), new TreeMap<>())
        .forEach((key, value) -> flat.put("llm." + key, render("llm." + key, value)));
    return flat;
  }

  private static String render(String key, ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL
        ? ""
        : String.valueOf(shown(key, value.unwrapped()));
  }

  private static Object shown(String key, Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<Object, Object> shown = new LinkedHashMap<>();
      object.forEach((name, inner) -> shown.put(name, shown(key + "." + name, inner)));
      return shown;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(inner -> shown(key, inner)).toList();
    }
    boolean hidden = isHeader(key) || (value instanceof String && isSecret(key));
    return hidden ? Redaction.HIDDEN : value;
  }

  /** The names of fields are the user's; those of our settings are known, and none is a secret. */
  private static boolean isSecret(String key) {
    boolean field = BODY_FIELDS.stream().anyMatch(section -> isBelow(key, section));
    return isHeader(key)
        || (field && SecretNames.looksSecret(key.substring(key.lastIndexOf('.') + 1)));
  }

  private static boolean isHeader(String key) {
    return SECRET_HEADERS.stream().anyMatch(section -> isBelow(key, section));
  }

  /** Where the name of a variable belongs, its value may have been put, which must not be shown. */
  private static void refuseKeys(String key, Config effective) {
    String name = new ConfigReader(effective).text(key).strip();
    if (!VARIABLE.matcher(name).matches() || KEY_ITSELF.matcher(name).matches()) {
      throw new ConfigurationException(
          key
              + " must be the name of an environment variable, of letters, digits and underscores"
              + " (the value is not shown, since it may be a key)");
    }
  }

  /** What is written into a file, or on a command line, can be read there. */
  private static void refuseSecretHeaders(String section, Config effective) {
    leaves(List.of(), effective.getObject(section), new TreeMap<>())
        .forEach(
            (name, value) -> {
              String text = String.valueOf(value.unwrapped());
              if (SecretNames.looksSecret(name)
                  && !isOfEnvironment(value)
                  && !(section.equals(HEADERS) && HeaderTemplates.isOnlyPlaceholders(text))) {
                throw new ConfigurationException(
                    section
                        + "."
                        + name
                        + " must come from an environment variable, since it is a secret: write "
                        + name
                        + " = ${?VARIABLE} in the settings file");
              }
            });
  }

  private static boolean isOfEnvironment(ConfigValue value) {
    return value.origin().description().contains("env var");
  }

  private static void registerSecrets(String key, Object value) {
    if (value instanceof ConfigObject object) {
      object.forEach((name, inner) -> registerSecrets(key + "." + name, inner));
    } else if (value instanceof ConfigList list) {
      list.forEach(inner -> registerSecrets(key, inner));
    } else if (value instanceof ConfigValue leaf && leaf.unwrapped() instanceof String text) {
      SecretSources.addSetting(text);
      if (isSecret("llm" + key)) {
        boolean header = isHeader("llm" + key) && isOfEnvironment(leaf);
        SecretSources.addNamed(
            header ? "header.secret" : key.substring(key.lastIndexOf('.') + 1), text);
      }
    }
  }

  private static Config properties(Properties systemProperties) {
    Properties ours = new Properties();
    systemProperties.stringPropertyNames().stream()
        .filter(name -> name.startsWith("llm.") && !SOURCES.contains(name))
        .forEach(name -> ours.setProperty(name, systemProperties.getProperty(name)));
    refuseGroups(ours.stringPropertyNames());
    Config given = ConfigFactory.parseProperties(ours);
    for (String name : ours.stringPropertyNames()) {
      if (ours.getProperty(name).strip().equals("null")) {
        String path = ConfigUtil.joinPath(List.of(name.split("\\.", -1)));
        given = given.withValue(path, ConfigValueFactory.fromAnyRef(null));
      }
    }
    return given;
  }

  /** Of a key and one below it, the parser would leave out the first without a word. */
  private static void refuseGroups(Set<String> names) {
    for (String name : names) {
      names.stream()
          .filter(other -> isBelow(other, name))
          .sorted()
          .findFirst()
          .ifPresent(
              below -> {
                throw new ConfigurationException(
                    name
                        + " must not be set beside "
                        + below
                        + ", which is below it: set one of them");
              });
    }
  }

  private static Config parameters(String path) {
    try {
      return path == null ? ConfigFactory.empty() : BenchmarkParameters.read(Path.of(path));
    } catch (InvalidPathException e) {
      throw new ConfigurationException(PARAMETERS_KEY + " cannot be read: " + e.getMessage());
    }
  }

  private static Config userFile(String path) {
    try {
      if (path == null) {
        ConfigParseOptions options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF);
        Config found = ConfigFactory.parseResourcesAnySyntax(OURS, "llm", options);
        return found.isEmpty() ? ConfigFactory.parseResourcesAnySyntax("llm", options) : found;
      }
      return userFile(InputPath.of(path));
    } catch (InvalidPathException e) {
      throw new ConfigurationException("settings file cannot be read: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("settings file cannot be read: " + path + ": no such file");
    } catch (IOException e) {
      throw new ConfigurationException(
          "settings file cannot be read: "
              + path
              + ": "
              + TextFile.complaint(e).orElse(e.getClass().getSimpleName()));
    } catch (ConfigException e) {
      throw new ConfigurationException("settings file cannot be read: " + said(e));
    }
  }

  private static Config userFile(Path file) throws IOException {
    ConfigParseOptions required = ConfigParseOptions.defaults().setAllowMissing(false);
    // The parser replaces what is no UTF-8 without a word.
    Optional<String> recoded = TextFile.recoded(file);
    if (recoded.isPresent()) {
      return ConfigFactory.parseString(
          recoded.get(), required.setOriginDescription(file.toString()));
    }
    return file.getFileSystem() == FileSystems.getDefault()
        ? ConfigFactory.parseFile(file.toFile(), required)
        : ConfigFactory.parseURL(file.toUri().toURL(), required);
  }

  /** What the parser says, without what it quotes of a file: next to an error may be a secret. */
  private static String said(ConfigException e) {
    // What follows is advice that quotes the same again.
    String message = String.valueOf(e.getMessage()).replaceFirst("(?s) \\(if you intended .*", "");
    long quotes = message.chars().filter(sign -> sign == '\'').count();
    return quotes % 2 == 0
        ? QUOTED.matcher(message).replaceAll(ConfigSources::withoutLongQuote)
        : message.replaceFirst("(?s)'.*", "…");
  }

  /** A single sign is punctuation that was not expected. */
  private static String withoutLongQuote(MatchResult quote) {
    boolean harmless = quote.group(1).length() <= 1 || quote.group(1).equals("newline");
    return Matcher.quoteReplacement(harmless ? quote.group() : "'…'");
  }

  private static void refuseUnknownKeys(Config effective, Config reference) {
    Map<String, ConfigValue> known = leaves(List.of(), reference.root(), new TreeMap<>());
    for (String key : leaves(List.of(), effective.root(), new TreeMap<>()).keySet()) {
      if (key.equals("llm.warmUp")) {
        throw new ConfigurationException(
            "llm.warmUp is a group: set llm.warmUp.atMost to a duration such as 5 s; llm.warmUp"
                + " accepts atLeast, atMost, calls, connections, probes, target");
      }
      if (!known.containsKey(key) && OPEN_SECTIONS.stream().noneMatch(s -> isBelow(key, s))) {
        throw new ConfigurationException(
            "unknown key "
                + key
                + "; "
                + RenamedSettings.newName(key)
                    .map(name -> "its name is " + name + " now")
                    .or(() -> group(key, known.keySet()))
                    .orElseGet(() -> suggestion(key, known.keySet())));
      }
    }
  }

  /** What to set instead of a whole group. */
  private static Optional<String> group(String key, Set<String> known) {
    if (OPEN_SECTIONS.contains(key)) {
      return Optional.of(
          "it is a group: set "
              + key
              + (key.startsWith("llm.slo.")
                  ? ".p95 and the like"
                  : ".NAME with names of your own"));
    }
    return known.stream().anyMatch(other -> isBelow(other, key))
        ? Optional.of("it is a group: " + suggestion(key + ".", known))
        : Optional.empty();
  }

  private static boolean isBelow(String key, String section) {
    return key.startsWith(section + ".");
  }

  private static String suggestion(String key, Set<String> known) {
    String section = key;
    while (section.contains(".")) {
      section = section.substring(0, section.lastIndexOf('.'));
      String prefix = section + ".";
      TreeSet<String> names = new TreeSet<>();
      known.stream()
          .filter(candidate -> candidate.startsWith(prefix))
          .forEach(candidate -> names.add(candidate.substring(prefix.length()).split("\\.", 2)[0]));
      if (!names.isEmpty()) {
        return section + " accepts " + String.join(", ", names);
      }
    }
    return "keys begin with llm.";
  }

  private static Map<String, ConfigValue> leaves(
      List<String> path, ConfigObject object, Map<String, ConfigValue> leaves) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      List<String> below = new ArrayList<>(path);
      below.add(entry.getKey());
      if (entry.getValue().valueType() == ConfigValueType.OBJECT) {
        leaves(below, (ConfigObject) entry.getValue(), leaves);
      } else {
        leaves.put(String.join(".", below), entry.getValue());
      }
    }
    return leaves;
  }
}
