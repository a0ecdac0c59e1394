package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.text.MinuteWord;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads single values by their whole key, such as {@code llm.heatmap.clients}. What does not fit is
 * a {@link ConfigurationException} that names the key, the value and what is accepted; an {@code
 * optional…} value is absent if it is null or blank.
 */
public final class ConfigReader {

  /** So that sums of a few of them stay whole numbers. */
  private static final double MOST_WHOLE = 1e9;

  private static final Pattern WITHOUT_UNIT =
      Pattern.compile("\\s*[-+]?(?!0*\\.?0*\\s*$)[\\d.]+([eE][-+]?\\d+)?\\s*");

  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

  private final Config config;

  ConfigReader(Config config) {
    this.config = config;
  }

  public String text(String key) {
    try {
      return config.getString(key);
    } catch (ConfigException.WrongType ignored) {
      throw ConfigurationException.of(key, raw(key), "one value, not a list or a group");
    }
  }

  /** Names separated by commas. */
  public List<String> names(String key) {
    return Arrays.stream(text(key).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  public boolean flag(String key) {
    try {
      return config.getBoolean(key);
    } catch (ConfigException.WrongType ignored) {
      throw ConfigurationException.of(key, raw(key), "true or false");
    }
  }

  public String choice(String key, List<String> accepted) {
    String value = text(key);
    if (!accepted.contains(value)) {
      throw ConfigurationException.of(key, quoted(value), "one of " + String.join(", ", accepted));
    }
    return value;
  }

  /** The constant whose name, in lower case, is the value. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    E[] constants = type.getEnumConstants();
    List<String> accepted =
        Arrays.stream(constants).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    return constants[accepted.indexOf(choice(key, accepted))];
  }

  public long seed(String key) {
    return integer(key, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
  }

  public int integer(String key, int least) {
    return (int) integer(key, least, Integer.MAX_VALUE, "a whole number of at least " + least);
  }

  public OptionalInt optionalInteger(String key, int least) {
    return isSet(key) ? OptionalInt.of(integer(key, least)) : OptionalInt.empty();
  }

  public OptionalLong optionalLong(String key, long least) {
    return isSet(key)
        ? OptionalLong.of(
            integer(key, least, Long.MAX_VALUE, "a whole number of at least " + least))
        : OptionalLong.empty();
  }

  long integer(String key, long least, long most, String accepted) {
    BigDecimal value = number(key, accepted);
    try {
      long exact = value.longValueExact();
      if (exact >= least && exact <= most) {
        return exact;
      }
    } catch (ArithmeticException ignored) {
      // a fraction: refused below like any other number that is not in the range
    }
    throw ConfigurationException.of(key, raw(key), accepted);
  }

  public double share(String key) {
    return decimal(key, 0, 1, "a share from 0 to 1");
  }

  public double percentage(String key) {
    return decimal(key, 0, 100, "a percentage from 0 to 100");
  }

  public OptionalDouble optionalPercentage(String key) {
    return isSet(key) ? OptionalDouble.of(percentage(key)) : OptionalDouble.empty();
  }

  public double positive(String key) {
    return decimal(key, Double.MIN_VALUE, Double.MAX_VALUE, "a number above 0");
  }

  public OptionalDouble optionalBetween(String key, double least, double most) {
    return isSet(key)
        ? OptionalDouble.of(decimal(key, least, most, "a number from " + least + " to " + most))
        : OptionalDouble.empty();
  }

  public OptionalDouble optionalPositive(String key) {
    return isSet(key) ? OptionalDouble.of(positive(key)) : OptionalDouble.empty();
  }

  double decimal(String key, double least, double most, String accepted) {
    double value = number(key, accepted).doubleValue();
    if (!(value >= least && value <= most)) {
      throw ConfigurationException.of(key, raw(key), accepted);
    }
    return value;
  }

  public Optional<BigDecimal> optionalNumber(String key) {
    return isSet(key) ? Optional.of(number(key, "a number")) : Optional.empty();
  }

  /** A list of texts, or a single one; none if it is blank. */
  public List<String> texts(String key) {
    if (config.getValue(key).valueType() == ConfigValueType.LIST) {
      try {
        return config.getStringList(key);
      } catch (ConfigException.WrongType ignored) {
        throw ConfigurationException.of(key, raw(key), "a list of texts");
      }
    }
    return isSet(key) ? List.of(text(key)) : List.of();
  }

  /**
   * A JSON-like object. Since {@code -D} knows texts only, a text that reads as a number, true or
   * false is one. A field that is null, or the text {@code null}, is {@link Parameters#LEFT_OUT}.
   */
  public Map<String, Object> object(String key) {
    try {
      Map<String, Object> object = new TreeMap<>();
      config
          .getObject(key)
          .unwrapped()
          .forEach((name, value) -> object.put(name, leftOutOr(key + "." + name, value)));
      return object;
    } catch (ConfigException.WrongType ignored) {
      throw ConfigurationException.of(key, raw(key), "an object");
    }
  }

  private static Object leftOutOr(String key, Object value) {
    return value == null || value.equals("null") ? Parameters.LEFT_OUT : typed(key, value);
  }

  private static Object typed(String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = new TreeMap<>();
      map.forEach((name, inner) -> object.put(name.toString(), typed(key + "." + name, inner)));
      return object;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(inner -> typed(key, inner)).toList();
    }
    if (value == null) {
      throw ConfigurationException.of(key, "null", "a value: leave the key out");
    }
    return value instanceof String text ? typed(text) : value;
  }

  private static Object typed(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("-?\\d{1,18}(\\.\\d{1,18})?") ? new BigDecimal(text) : text;
  }

  private BigDecimal number(String key, String accepted) {
    try {
      return new BigDecimal(config.getString(key).strip());
    } catch (NumberFormatException | ConfigException.WrongType ignored) {
      throw ConfigurationException.of(key, raw(key), accepted);
    }
  }

  public Duration duration(String key) {
    return duration(
        key, Duration.ZERO, LONGEST, "a duration of 0 or more, such as 500 ms, 30 s or 2 min");
  }

  public Duration positiveDuration(String key) {
    return duration(
        key, Duration.ofNanos(1), LONGEST, "a duration above 0, such as 500 ms, 30 s or 2 min");
  }

  public Optional<Duration> optionalDuration(String key) {
    return isSet(key) ? Optional.of(positiveDuration(key)) : Optional.empty();
  }

  Duration duration(String key, Duration least, Duration most, String accepted) {
    try {
      Duration value = parseDuration(config.getString(key));
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return value;
      }
    } catch (ConfigException.BadValue | ConfigException.WrongType ignored) {
      // refused below with what would be accepted
    }
    throw ConfigurationException.of(key, raw(key), accepted);
  }

  /** A duration as settings have it, such as {@code 30 min}; empty if a text is none. */
  public static Optional<Duration> durationOf(String text) {
    try {
      return Optional.of(parseDuration(text));
    } catch (ConfigException refused) {
      return Optional.empty();
    }
  }

  /**
   * A duration in HOCON's format; {@code min} stands for minutes as well. It has its unit, unless
   * it is 0: without one, HOCON takes milliseconds, and who writes 60 means seconds or minutes.
   *
   * @throws ConfigException if it is not one
   */
  static Duration parseDuration(String text) {
    if (WITHOUT_UNIT.matcher(text).matches()) {
      throw new ConfigException.BadValue("duration", "must have a unit");
    }
    return ConfigFactory.parseMap(Map.of("duration", MinuteWord.inHocon(text)))
        .getDuration("duration");
  }

  /**
   * Refuses what is no time zone.
   *
   * @throws ConfigurationException naming the key and the value
   */
  public void requireZone(String key) {
    try {
      ZoneId.of(text(key));
    } catch (DateTimeException ignored) {
      throw ConfigurationException.of(
          key, raw(key), "a time zone such as UTC, +02:00 or Europe/Berlin");
    }
  }

  /** An address without credentials, query or fragment; empty if the key is empty. */
  public Optional<URI> address(String key) {
    return address(key, text(key).strip());
  }

  static Optional<URI> address(String key, String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(value);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web
          && ServiceAddress.host(uri).isPresent()
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        if (!ServiceAddress.hasPossiblePort(uri)) {
          throw ConfigurationException.of(
              key, "port " + ServiceAddress.port(uri), "an address with a port from 1 to 65535");
        }
        return Optional.of(uri);
      }
    } catch (URISyntaxException ignored) {
      // refused below; the value is not shown, since it may hold a key
    }
    throw new ConfigurationException(
        key + " must be an address such as https://host, without user, query or fragment");
  }

  public void requiredAddress(String key) {
    if (address(key).isEmpty()) {
      throw ConfigurationException.of(key, "empty", "an address such as https://host");
    }
  }

  /**
   * The entries below a key that go with a request as its headers.
   *
   * @throws ConfigurationException naming the header that cannot, and never its value
   */
  SortedMap<String, String> headers(String key) {
    SortedMap<String, String> headers = entries(key);
    return ConfigurationException.in(
        "",
        () -> {
          headers.forEach((name, value) -> RequestHeaders.check(key + "." + name, name, value));
          return headers;
        });
  }

  /** The entries below a key, their paths joined by dots: {@code p99.9} stays one name. */
  public SortedMap<String, String> entries(String key) {
    SortedMap<String, String> entries = new TreeMap<>();
    config
        .getConfig(key)
        .entrySet()
        .forEach(
            entry ->
                entries.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    String.valueOf(entry.getValue().unwrapped())));
    return entries;
  }

  /** Whole numbers of at least {@code least}, one or a distribution of them. */
  public Spread wholes(String key, int least) {
    String accepted = "whole numbers of at least " + least + ": " + Spread.FORMS;
    Spread spread = spread(key, accepted, () -> Spread.ofNumbers(config.getString(key)));
    boolean whole = spread.kind() != Spread.Kind.CONSTANT || spread.first() % 1 == 0;
    boolean high = spread.greatest().orElse(0) > MOST_WHOLE;
    boolean shaped = spread.kind() != Spread.Kind.CONSTANT && spread.kind() != Spread.Kind.UNIFORM;
    if (!whole || high || (!shaped && spread.least() < least)) {
      throw ConfigurationException.of(key, raw(key), accepted);
    }
    return spread;
  }

  /** A duration of 0 or more, or a distribution of them. */
  public Spread durations(String key) {
    String accepted = "durations such as 500 ms or 2 s: " + Spread.FORMS;
    return spread(key, accepted, () -> Spread.ofDurations(config.getString(key)));
  }

  private Spread spread(String key, String accepted, Supplier<Spread> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException | ConfigException ignored) {
      throw ConfigurationException.of(key, raw(key), accepted);
    }
  }

  public boolean isSet(String key) {
    return config.hasPath(key) && !text(key).isBlank();
  }

  public String raw(String key) {
    return quoted(String.valueOf(config.getValue(key).unwrapped()));
  }

  public static String quoted(String value) {
    return value.toLowerCase(Locale.ROOT).matches("-?[0-9.]+") ? value : '"' + value + '"';
  }
}
