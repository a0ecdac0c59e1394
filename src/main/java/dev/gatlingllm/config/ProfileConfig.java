package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.size.SharedPrefix;
import dev.gatlingllm.size.SizePhrase;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code llm.profile}.
 *
 * @param shape {@code balanced}, {@code context}, {@code generation} or {@code custom}
 * @param contextTokens input tokens of a custom shape
 * @param maxTokens most output tokens of a custom shape
 * @param inputTokens distribution of the input tokens, in place of a number
 * @param outputTokens distribution of the most output tokens, in place of a number
 * @param mix shapes that the calls are divided over; empty for the one above
 * @param prefix system prompts that calls share
 * @param preventCaching whether every prompt begins with a random prefix
 */
public record ProfileConfig(
    String shape,
    OptionalInt contextTokens,
    OptionalInt maxTokens,
    Optional<SizePhrase> inputTokens,
    Optional<SizePhrase> outputTokens,
    List<Shape> mix,
    SharedPrefix prefix,
    boolean preventCaching) {

  private static final String SECTION = "llm.profile.";
  private static final ListSetting MIX =
      new ListSetting(
          "llm.profile.mix",
          "shapes",
          "a list such as [\"70 % balanced\", \"30 % custom 8000/100\"] or [{name = chat, weight ="
              + " 70, inputTokens = 800, outputTokens = 200}, …], or with -D llm.profile.mix.0,"
              + " llm.profile.mix.1 and so on");
  private static final List<String> FIELDS =
      List.of("inputTokens", "name", "outputTokens", "shape", "weight");
  private static final Config DEFAULTS =
      ConfigFactory.parseMap(
          Map.of("inputTokens", "", "name", "", "outputTokens", "", "shape", "", "weight", ""));
  private static final Pattern PHRASE =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d{1,6})?) ?% (balanced|context|generation|custom"
              + " (\\d{1,8})/(\\d{1,8}))");
  private static final List<String> NAMES = List.of("balanced", "context", "generation", "custom");
  private static final double ROUNDING = 0.01;

  /** Copies the list. */
  public ProfileConfig {
    mix = List.copyOf(mix);
  }

  /**
   * A shape of calls.
   *
   * @param inputKey the setting that names its input, for messages
   * @param name its row in reports
   * @param weight its part of the calls, above 0
   * @param input its input tokens
   * @param output its most output tokens; empty for those of the recorded calls that {@code input}
   *     names
   */
  public record Shape(
      String inputKey, String name, double weight, SizePhrase input, Optional<SizePhrase> output) {}

  /** The settings with the mix as a list, however it was given; {@code -D} needs no brackets. */
  static Config asList(Config settings) {
    if (!settings.hasPath(MIX.key())) {
      return settings;
    }
    ConfigValue value = settings.getValue(MIX.key());
    boolean phrases =
        value.valueType() == ConfigValueType.STRING
            && String.valueOf(value.unwrapped()).strip().matches("[^\\[].*");
    return phrases
        ? settings.withValue(
            MIX.key(),
            ConfigValueFactory.fromIterable(
                List.of(String.valueOf(value.unwrapped()).strip().split(" *, *", -1))))
        : MIX.asList(settings);
  }

  static ProfileConfig read(ConfigReader reader, Config merged) {
    ProfileConfig profile =
        new ProfileConfig(
            reader.choice(SECTION + "shape", NAMES),
            reader.optionalInteger(SECTION + "contextTokens", 1),
            reader.optionalInteger(SECTION + "maxTokens", 1),
            phrase(reader, SECTION + "inputTokens"),
            phrase(reader, SECTION + "outputTokens"),
            mix(merged),
            prefix(reader),
            reader.flag(SECTION + "preventCaching"));
    profile.refuseBoth("inputTokens", profile.inputTokens.isPresent(), "contextTokens");
    profile.refuseBoth("outputTokens", profile.outputTokens.isPresent(), "maxTokens");
    for (String other : List.of("inputTokens", "outputTokens", "contextTokens", "maxTokens")) {
      profile.refuseBoth("mix", !profile.mix.isEmpty(), other);
    }
    profile.refuseBoth("mix", !profile.mix.isEmpty(), "shape");
    return profile;
  }

  private static SharedPrefix prefix(ConfigReader reader) {
    String at = SECTION + "prefix.";
    return ConfigurationException.in(
        at,
        () ->
            new SharedPrefix(
                reader.integer(at + "tokens", 0),
                reader.integer(at + "variants", 1),
                reader.share(at + "share")));
  }

  private void refuseBoth(String key, boolean set, String other) {
    boolean otherSet =
        switch (other) {
          case "inputTokens" -> inputTokens.isPresent();
          case "outputTokens" -> outputTokens.isPresent();
          case "contextTokens" -> contextTokens.isPresent();
          case "shape" -> !shape.equals(NAMES.get(0));
          default -> maxTokens.isPresent();
        };
    if (set && otherSet) {
      throw new ConfigurationException(
          SECTION + key + " takes the place of " + SECTION + other + ": set one of them");
    }
  }

  private static Optional<SizePhrase> phrase(ConfigReader reader, String key) {
    return reader.isSet(key)
        ? Optional.of(
            ConfigurationException.in(key + " ", () -> SizePhrase.parse(reader.text(key))))
        : Optional.empty();
  }

  /**
   * The shapes of the calls.
   *
   * @throws ConfigurationException if a number is missing or contradicts the name of the shape
   */
  public List<Shape> shapes() {
    return mix.isEmpty() ? List.of(single()) : mix;
  }

  private Shape single() {
    Optional<SizePhrase> output =
        outputTokens.or(
            () -> {
              boolean ofSameCalls =
                  maxTokens.isEmpty() && inputTokens.orElse(null) instanceof SizePhrase.Recorded;
              return ofSameCalls
                  ? Optional.empty()
                  : Optional.of(SizePhrase.constant(numbers().maxTokens()));
            });
    SizePhrase input = inputTokens.orElseGet(() -> SizePhrase.constant(numbers().contextTokens()));
    return new Shape(
        SECTION + (inputTokens.isPresent() ? "inputTokens" : "contextTokens"),
        shape,
        1,
        input,
        output);
  }

  /** The numbers of the shape; one in whose place a distribution stands need not be there. */
  private ShapeProfile numbers() {
    boolean custom = shape.equals("custom");
    return ConfigurationException.in(
        SECTION,
        () ->
            ShapeProfile.of(
                shape,
                custom && inputTokens.isPresent() ? OptionalInt.of(1) : contextTokens,
                custom && outputTokens.isPresent() ? OptionalInt.of(1) : maxTokens));
  }

  private static List<Shape> mix(Config merged) {
    List<Shape> shapes = new ArrayList<>();
    boolean percent = false;
    for (ConfigValue entry : (ConfigList) asList(merged).getValue(MIX.key())) {
      percent |= !(entry instanceof ConfigObject);
      shapes.add(entry(shapes.size(), entry));
    }
    double sum = shapes.stream().mapToDouble(Shape::weight).sum();
    if (percent && Math.abs(sum - 100) > ROUNDING) {
      throw new ConfigurationException(
          MIX.key() + " must add up to 100 %, was " + Figures.plain(sum) + " %");
    }
    return shapes;
  }

  private static Shape entry(int index, ConfigValue entry) {
    if (entry instanceof ConfigObject fields) {
      MIX.refuseUnknown(index, fields, "a shape", FIELDS);
      try {
        return shape(MIX.path(index) + ".", MIX.reader(index, fields, DEFAULTS));
      } catch (ConfigurationException e) {
        throw new ConfigurationException(e.getMessage().replace(MIX.path(index), MIX.named(index)));
      }
    }
    String text = String.valueOf(entry.unwrapped()).strip();
    Matcher phrase = PHRASE.matcher(text);
    if (!phrase.matches() || Double.parseDouble(phrase.group(1)) == 0) {
      throw ConfigurationException.of(
          MIX.named(index),
          ConfigReader.quoted(text),
          "a percentage and a shape, such as 70 % balanced, 20 % context, 10 % generation or 5 %"
              + " custom 8000/100, or an object of "
              + String.join(", ", FIELDS));
    }
    return of(index, phrase);
  }

  private static Shape of(int index, Matcher phrase) {
    ShapeProfile shape =
        phrase.group(3) == null
            ? ShapeProfile.of(phrase.group(2), OptionalInt.empty(), OptionalInt.empty())
            : ConfigurationException.in(
                MIX.named(index) + " ",
                () ->
                    ShapeProfile.custom(
                        Integer.parseInt(phrase.group(3)), Integer.parseInt(phrase.group(4))));
    return new Shape(
        MIX.named(index),
        phrase.group(2),
        Double.parseDouble(phrase.group(1)),
        SizePhrase.constant(shape.contextTokens()),
        Optional.of(SizePhrase.constant(shape.maxTokens())));
  }

  private static Shape shape(String at, ConfigReader reader) {
    Optional<ShapeProfile> base =
        reader.isSet(at + "shape")
            ? Optional.of(
                ShapeProfile.of(
                    reader.choice(at + "shape", NAMES.subList(0, 3)),
                    OptionalInt.empty(),
                    OptionalInt.empty()))
            : Optional.empty();
    String name = reader.text(at + "name").strip();
    if (name.isEmpty()) {
      name = base.map(ShapeProfile::name).orElse("");
    }
    if (!name.matches("[ -~]{1,200}")) {
      throw ConfigurationException.of(
          at + "name", ConfigReader.quoted(name), "at most 200 printable characters of ASCII");
    }
    SizePhrase input =
        phrase(reader, at + "inputTokens")
            .or(() -> base.map(shape -> SizePhrase.constant(shape.contextTokens())))
            .orElseThrow(() -> missing(at + "inputTokens"));
    Optional<SizePhrase> output =
        phrase(reader, at + "outputTokens")
            .or(() -> base.map(shape -> SizePhrase.constant(shape.maxTokens())));
    if (output.isEmpty() && !(input instanceof SizePhrase.Recorded)) {
      throw missing(at + "outputTokens");
    }
    double weight = reader.isSet(at + "weight") ? reader.positive(at + "weight") : 1;
    return new Shape(at + "inputTokens", name, weight, input, output);
  }

  private static ConfigurationException missing(String key) {
    return ConfigurationException.of(key, "absent", "set where the entry names no shape");
  }
}
