package dev.gatlingllm.gatling.engine;

import io.gatling.core.stats.StatsEngine;
import io.gatling.core.stats.writer.RunMessage;
import io.gatling.javaapi.core.internal.Converters;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import scala.collection.immutable.Seq;

/**
 * The name of the folder that Gatling writes a run to. Gatling does not publish it: it is in the
 * message that its log writer was created with, three private fields away from the statistics
 * engine.
 */
final class GatlingRunId {

  private GatlingRunId() {}

  /** The name; empty if this version of Gatling keeps it elsewhere. */
  static Optional<String> of(StatsEngine stats) {
    return valuesOf(stats, Seq.class)
        .flatMap(writers -> javaList(writers).stream())
        .flatMap(reference -> valuesOf(reference, io.gatling.core.actor.Actor.class))
        .flatMap(writer -> valuesOf(writer, RunMessage.class))
        .map(message -> ((RunMessage) message).runId())
        .findFirst();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> javaList(Object writers) {
    return Converters.toJavaList((Seq<Object>) writers);
  }

  private static Stream<Object> valuesOf(Object owner, Class<?> type) {
    return Arrays.stream(owner.getClass().getDeclaredFields())
        .filter(field -> type.isAssignableFrom(field.getType()))
        .flatMap(field -> valueOf(owner, field).stream());
  }

  private static Optional<Object> valueOf(Object owner, Field field) {
    try {
      field.setAccessible(true);
      return Optional.ofNullable(field.get(owner));
    } catch (ReflectiveOperationException | RuntimeException ignored) {
      // another version of Gatling: the caller has a fallback
      return Optional.empty();
    }
  }
}
