package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An entry of {@code llm.targets}. What is empty is that of the settings of the provider.
 *
 * @param key the entry, such as {@code llm.targets[1]}
 * @param name what its calls are called in records and reports; no two targets have the same
 * @param weight its part of the calls, above 0
 * @param provider the provider, or with the simulated endpoint the wire format
 * @param model deployment, model or inference profile
 * @param baseUrl the address in place of the provider's own
 * @param region a region of Bedrock, or one of {@code llm.regions}
 * @param extraBody further fields of the request's body
 */
public record TargetConfig(
    String key,
    String name,
    double weight,
    String provider,
    String model,
    String baseUrl,
    String region,
    Map<String, Object> extraBody) {

  /** The list of all of them. */
  static final String LIST = "llm.targets";

  private static final List<String> PLACES = List.of("model", "baseUrl", "region", "provider");
  private static final List<String> FIELDS =
      Stream.concat(Stream.of("name", "weight", "extraBody"), PLACES.stream()).sorted().toList();

  /**
   * The settings with the targets as a list, whether they were given as one, as HOCON in a text, or
   * as {@code -Dllm.targets.0.model=…}.
   *
   * @throws ConfigurationException if they are none of these
   */
  static Config asList(Config settings) {
    if (!settings.hasPath(LIST)) {
      return settings;
    }
    ConfigValue value = settings.getValue(LIST);
    return switch (value.valueType()) {
      case LIST -> settings;
      case STRING -> settings.withValue(LIST, parsed((String) value.unwrapped()));
      case OBJECT -> settings.withValue(LIST, numbered((ConfigObject) value));
      default -> throw notAList(value);
    };
  }

  private static ConfigurationException notAList(ConfigValue value) {
    return ConfigurationException.of(
        LIST,
        ConfigReader.quoted(String.valueOf(value.unwrapped())),
        "a list such as [{weight = 3, model = a}, {model = b}], or with -D"
            + " llm.targets.0.model, llm.targets.1.model and so on");
  }

  private static ConfigValue parsed(String text) {
    if (text.isBlank()) {
      return ConfigValueFactory.fromIterable(List.of());
    }
    try {
      ConfigValue value = ConfigFactory.parseString("list = " + text).resolve().getValue("list");
      if (value.valueType() == ConfigValueType.LIST) {
        return value;
      }
    } catch (ConfigException ignored) {
      // refused below; a text with quotes may have lost them on the command line
    }
    throw notAList(ConfigValueFactory.fromAnyRef(text));
  }

  private static ConfigValue numbered(ConfigObject object) {
    List<ConfigValue> entries = new ArrayList<>();
    for (int i = 0; i < object.size(); i++) {
      ConfigValue entry = object.get(Integer.toString(i));
      if (entry == null) {
        throw new ConfigurationException(
            LIST
                + "."
                + i
                + " is missing: with -D the targets are llm.targets.0, llm.targets.1 and so on,"
                + " all of them, and no others; they take the place of those of a settings file");
      }
      entries.add(entry);
    }
    return ConfigValueFactory.fromIterable(entries);
  }

  /** The targets of settings. */
  static List<TargetConfig> read(Config settings) {
    ConfigValue list = asList(settings).getValue(LIST);
    List<TargetConfig> targets = new ArrayList<>();
    for (ConfigValue entry : (ConfigList) list) {
      targets.add(read(targets.size(), entry));
    }
    return named(targets);
  }

  private static TargetConfig read(int index, ConfigValue entry) {
    String key = LIST + "[" + index + "]";
    if (!(entry instanceof ConfigObject fields)) {
      throw ConfigurationException.of(
          key,
          ConfigReader.quoted(String.valueOf(entry.unwrapped())),
          "an object such as {model = a}");
    }
    refuseUnknown(key, fields);
    // A path has no brackets.
    String path = LIST + "." + index;
    try {
      return read(
          key, path + ".", new ConfigReader(fields.atPath(path).withFallback(defaults(path))));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.getMessage().replace(path, key));
    }
  }

  private static void refuseUnknown(String key, ConfigObject fields) {
    for (String name : fields.keySet()) {
      if (!FIELDS.contains(name)) {
        throw new ConfigurationException(
            "unknown key " + key + "." + name + "; a target accepts " + String.join(", ", FIELDS));
      }
    }
  }

  private static Config defaults(String path) {
    Map<String, Object> empty =
        FIELDS.stream().collect(Collectors.toMap(name -> name, name -> (Object) ""));
    empty.put("weight", 1);
    empty.put("extraBody", Map.of());
    return ConfigValueFactory.fromMap(empty).atPath(path);
  }

  private static TargetConfig read(String key, String at, ConfigReader reader) {
    TargetConfig target =
        new TargetConfig(
            key,
            reader.text(at + "name").strip(),
            reader.positive(at + "weight"),
            reader.text(at + "provider").strip(),
            reader.text(at + "model").strip(),
            reader.text(at + "baseUrl").strip(),
            reader.text(at + "region").strip(),
            reader.object(at + "extraBody"));
    if (target.places().isEmpty() && target.extraBody.isEmpty()) {
      throw new ConfigurationException(
          key + " must say what it calls: one of " + String.join(", ", PLACES) + " or extraBody");
    }
    return target;
  }

  /** What tells where it is, in the order in which it makes a name. */
  private List<String> places() {
    return Stream.of(model, region, host(baseUrl), provider).filter(one -> !one.isEmpty()).toList();
  }

  private static String host(String address) {
    try {
      String authority = URI.create(address).getRawAuthority();
      return authority == null ? address : authority;
    } catch (IllegalArgumentException ignored) {
      return address;
    }
  }

  /**
   * What a step for this target returns; whatever it refuses names this entry.
   *
   * @throws ConfigurationException if the step refuses a setting
   */
  public <T> T naming(Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      throw new ConfigurationException(why.startsWith(key) ? why : key + ": " + why);
    }
  }

  /** The address, where it is one of a service. */
  void requireAddress() {
    ConfigReader.address(key + ".baseUrl", baseUrl);
  }

  private static List<TargetConfig> named(List<TargetConfig> targets) {
    List<String> models = targets.stream().map(TargetConfig::firstPlace).toList();
    Map<String, TargetConfig> byName = new LinkedHashMap<>();
    for (TargetConfig target : targets) {
      boolean several = Collections.frequency(models, target.firstPlace()) > 1;
      TargetConfig named = target.named(several);
      TargetConfig before = byName.putIfAbsent(named.name, named);
      if (before != null) {
        throw ConfigurationException.of(
            named.key + ".name",
            ConfigReader.quoted(named.name) + ", as that of " + before.key,
            "a name that no other target has");
      }
    }
    return List.copyOf(byName.values());
  }

  private String firstPlace() {
    return places().stream().findFirst().orElse("");
  }

  /**
   * This target with a name: its own, or that of its model, or else of whatever says where it is.
   *
   * @param several whether another one has the same model
   */
  private TargetConfig named(boolean several) {
    String derived = several ? String.join(" at ", places()) : firstPlace();
    String chosen = name.isEmpty() ? derived : name;
    if (chosen.isEmpty()) {
      throw new ConfigurationException(key + ".name must be set, since nothing else names it");
    }
    if (!chosen.matches("[ -~]{1,200}")) {
      throw ConfigurationException.of(
          key + ".name", ConfigReader.quoted(chosen), "at most 200 printable characters of ASCII");
    }
    return new TargetConfig(key, chosen, weight, provider, model, baseUrl, region, extraBody);
  }
}
