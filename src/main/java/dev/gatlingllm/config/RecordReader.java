package dev.gatlingllm.config;

import dev.gatlingllm.simulator.Fault;
import dev.gatlingllm.simulator.Jitter;
import dev.gatlingllm.simulator.Range;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Fills records from a section. The name of a component is its key, its type says how the value is
 * read and its {@link Range} what is accepted. A record in a record is read from the same section.
 */
record RecordReader(ConfigReader reader, String section) {

  /**
   * The record, filled.
   *
   * @throws ConfigurationException if a value cannot be used, or the record refuses it
   */
  <T extends Record> T read(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(components).map(this::value).toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new ConfigurationException(
          ConfigurationException.placed(section + ".", refused.getCause().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must be public, and so must its constructor", e);
    }
  }

  private Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return read(type.asSubclass(Record.class));
    }
    String key = section + "." + component.getName();
    Range range = component.getAnnotation(Range.class);
    return switch (type.getSimpleName()) {
      case "boolean" -> reader.flag(key);
      case "String" -> reader.text(key);
      case "Optional" -> reader.isSet(key) ? Optional.of(reader.text(key)) : Optional.empty();
      case "int" -> (int) whole(key, range, Integer.MAX_VALUE);
      case "OptionalInt" ->
          reader.isSet(key)
              ? OptionalInt.of((int) whole(key, range, Integer.MAX_VALUE))
              : OptionalInt.empty();
      case "long" -> whole(key, range, Long.MAX_VALUE);
      case "OptionalLong" ->
          reader.isSet(key)
              ? OptionalLong.of(whole(key, range, Long.MAX_VALUE))
              : OptionalLong.empty();
      case "double" -> decimal(key, range);
      case "OptionalDouble" ->
          reader.isSet(key) ? OptionalDouble.of(decimal(key, range)) : OptionalDouble.empty();
      case "Duration" -> duration(key, range);
      case "Jitter" -> jitter(key);
      case "Map" -> faults(key);
      default -> throw new IllegalStateException("no way to read " + component);
    };
  }

  private long whole(String key, Range range, long most) {
    return reader.integer(
        key,
        (long) range.least(),
        Math.min(most, (long) range.most()),
        accepted("a whole number", range, ""));
  }

  private double decimal(String key, Range range) {
    double most = Math.min(range.most(), Double.MAX_VALUE);
    return reader.decimal(key, range.least(), most, accepted("a number", range, ""));
  }

  private Duration duration(String key, Range range) {
    String accepted = accepted("a duration", range, " s") + ", such as 500 ms, 30 s or 2 min";
    return reader.duration(key, seconds(range.least()), seconds(range.most()), accepted);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static String accepted(String kind, Range range, String unit) {
    if (range.least() == Double.MIN_VALUE) {
      return kind + " above 0";
    }
    if (range.least() == Double.NEGATIVE_INFINITY) {
      return kind;
    }
    return range.most() == Double.POSITIVE_INFINITY
        ? kind + " of at least " + plain(range.least()) + unit
        : kind + " from " + plain(range.least()) + " to " + plain(range.most()) + unit;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private Jitter jitter(String key) {
    return Jitter.parse(reader.text(key))
        .orElseThrow(() -> ConfigurationException.of(key, reader.raw(key), Jitter.ACCEPTED));
  }

  private Map<Fault, Double> faults(String key) {
    Map<Fault, Double> shares = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      double share = reader.share(key + "." + fault.key());
      if (share > 0) {
        shares.put(fault, share);
      }
    }
    return shares;
  }
}
