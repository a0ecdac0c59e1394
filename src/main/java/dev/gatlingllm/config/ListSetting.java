package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting that is a list of objects, which {@code -D} cannot say.
 *
 * @param key such as {@code llm.targets}
 * @param entries what its entries are called
 * @param accepted what the setting must be
 */
record ListSetting(String key, String entries, String accepted) {

  /**
   * The settings with the entries as a list, whether they were given as one, as HOCON in a text, or
   * one by one as {@code -Dllm.targets.0.model=…}.
   *
   * @throws ConfigurationException if they are none of these
   */
  Config asList(Config settings) {
    if (!settings.hasPath(key)) {
      return settings;
    }
    ConfigValue value = settings.getValue(key);
    return switch (value.valueType()) {
      case LIST -> settings;
      case STRING -> settings.withValue(key, parsed((String) value.unwrapped()));
      case OBJECT -> settings.withValue(key, numbered((ConfigObject) value));
      default -> throw notAList(value);
    };
  }

  private ConfigurationException notAList(ConfigValue value) {
    return ConfigurationException.of(
        key, ConfigReader.quoted(String.valueOf(value.unwrapped())), accepted);
  }

  private ConfigValue parsed(String text) {
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

  private ConfigValue numbered(ConfigObject object) {
    List<ConfigValue> list = new ArrayList<>();
    for (int i = 0; i < object.size(); i++) {
      ConfigValue entry = object.get(Integer.toString(i));
      if (entry == null) {
        throw new ConfigurationException(
            key
                + "."
                + i
                + " is missing: with -D the "
                + entries
                + " are "
                + key
                + ".0, "
                + key
                + ".1 and so on,"
                + " all of them, and no others; they take the place of those of a settings file");
      }
      list.add(entry);
    }
    return ConfigValueFactory.fromIterable(list);
  }

  /** The fields of an entry, with these defaults, each a key of a path below the setting's. */
  ConfigReader reader(int index, ConfigObject fields, Config defaults) {
    String path = path(index);
    return new ConfigReader(fields.atPath(path).withFallback(defaults.root().atPath(path)));
  }

  /** The path of an entry's fields; a path has no brackets. */
  String path(int index) {
    return key + "." + index;
  }

  /** How messages call an entry. */
  String named(int index) {
    return key + "[" + index + "]";
  }

  /**
   * Refuses fields that an entry does not have.
   *
   * @param entry what one is called, with its article
   */
  void refuseUnknown(int index, ConfigObject fields, String entry, List<String> known) {
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        throw new ConfigurationException(
            "unknown key "
                + named(index)
                + "."
                + name
                + "; "
                + entry
                + " accepts "
                + String.join(", ", known));
      }
    }
  }
}
