package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
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

  private static final ListSetting SETTING =
      new ListSetting(
          LIST,
          "targets",
          "a list such as [{weight = 3, model = a}, {model = b}], or with -D"
              + " llm.targets.0.model, llm.targets.1.model and so on");

  /** The settings with the targets as a list, however they were given. */
  static Config asList(Config settings) {
    return SETTING.asList(settings);
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
    String key = SETTING.named(index);
    if (!(entry instanceof ConfigObject fields)) {
      throw ConfigurationException.of(
          key,
          ConfigReader.quoted(String.valueOf(entry.unwrapped())),
          "an object such as {model = a}");
    }
    SETTING.refuseUnknown(index, fields, "a target", FIELDS);
    String path = SETTING.path(index);
    try {
      return read(key, path + ".", SETTING.reader(index, fields, defaults()));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.getMessage().replace(path, key));
    }
  }

  private static Config defaults() {
    Map<String, Object> empty =
        FIELDS.stream().collect(Collectors.toMap(name -> name, name -> (Object) ""));
    empty.put("weight", 1);
    empty.put("extraBody", Map.of());
    return ConfigFactory.parseMap(empty);
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
