package dev.gatlingllm.gatling;

import dev.gatlingllm.gatling.engine.LlmProtocol;
import io.gatling.core.Predef$;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.javaapi.core.Simulation;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a simulation hands to Gatling, in words: who starts when, which actions they take, with
 * which values, and the assertions. Our own classes are looked into only where they are what an
 * action acts upon; never into settings, so that one which is only kept does not show.
 */
public final class SimulationPlan {

  /** The object around, which no action acts upon by itself, and a number that is random. */
  private static final Set<String> PASSED_OVER = Set.of("this$0", "feederBuilderKey");

  private static final int LONGEST = 400_000;

  static {
    // Gatling does so before it makes a simulation.
    Predef$.MODULE$._configuration_$eq(GatlingConfiguration.load());
  }

  private static final Set<String> ACTED_UPON =
      Set.of(
          "dev.gatlingllm.gatling.Arrivals",
          "dev.gatlingllm.experiment.rag.Deadline",
          "dev.gatlingllm.experiment.SharedQueue",
          "dev.gatlingllm.gatling.engine.ScheduledUsers",
          "dev.gatlingllm.gatling.LlmActionBuilder");

  private final StringBuilder text = new StringBuilder();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private SimulationPlan() {}

  /** The plan of a simulation that is made of the settings of this JVM. */
  static String of(String simulation) throws ReflectiveOperationException {
    Simulation made =
        Class.forName(simulation).asSubclass(Simulation.class).getConstructor().newInstance();
    Map<?, ?> protocols = (Map<?, ?>) field(made, "_globalProtocols");
    try {
      return of(List.of(field(made, "_populationBuilders"), field(made, "_assertions")));
    } finally {
      for (Object protocol : protocols.values()) {
        if (protocol instanceof LlmProtocol ours) {
          ours.client().close();
        }
      }
    }
  }

  /** Something of Gatling's, in words. */
  public static String of(Object gatling) throws ReflectiveOperationException {
    SimulationPlan plan = new SimulationPlan();
    plan.add(gatling);
    return plan.text.toString().replaceAll("(gatling\\.\\w+)-\\d+", "$1");
  }

  private static Object field(Simulation simulation, String name)
      throws ReflectiveOperationException {
    Field field = Simulation.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(simulation);
  }

  private void add(Object value) throws ReflectiveOperationException {
    if (text.length() > LONGEST) {
      throw new IllegalStateException("the plan is too long: " + text.substring(0, 2_000));
    }
    if (value == null || isLeaf(value)) {
      text.append(value).append('\n');
    } else if (!seen.add(value)) {
      text.append("again\n");
    } else {
      if (value.getClass().isArray()) {
        for (int i = 0; i < Array.getLength(value); i++) {
          add(Array.get(value, i));
        }
      } else if (value instanceof Map<?, ?> map) {
        addAll(map.entrySet());
      } else if (value instanceof Map.Entry<?, ?> entry) {
        add(entry.getKey());
        add(entry.getValue());
      } else if (value instanceof java.util.Optional<?> optional) {
        add(optional.orElse(null));
      } else if (value instanceof Iterable<?> values) {
        addAll(values);
      } else if (value instanceof scala.collection.Iterable<?> values) {
        addAll(CollectionConverters.asJava(values));
      } else {
        addObject(value);
      }
    }
  }

  private void addAll(Iterable<?> values) throws ReflectiveOperationException {
    for (Object value : values) {
      add(value);
    }
  }

  private static boolean isLeaf(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof java.util.OptionalInt
        || value instanceof java.util.OptionalDouble
        || value.getClass().getName().startsWith("java.time.")
        || value instanceof java.net.URI
        || value instanceof scala.concurrent.duration.Duration;
  }

  private void addObject(Object value) throws ReflectiveOperationException {
    Class<?> type = value.getClass();
    if (!type.isHidden()) {
      text.append(type.getSimpleName()).append('\n');
    }
    if (!isLookedInto(type)) {
      return;
    }
    for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
      for (Field field : part.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !PASSED_OVER.contains(field.getName())) {
          field.setAccessible(true);
          add(field.get(value));
        }
      }
    }
  }

  private static boolean isLookedInto(Class<?> type) {
    String name = type.getName();
    if (type.isHidden() || name.startsWith("io.gatling.") || name.startsWith("scala.")) {
      return !name.contains("GatlingConfiguration");
    }
    return name.startsWith("dev.gatlingllm.")
        && !name.startsWith("dev.gatlingllm.config.")
        && !name.matches("dev\\.gatlingllm\\.experiment\\..*Config(\\$.*)?")
        && (type.isRecord()
            || type.isAnonymousClass()
            || name.startsWith("dev.gatlingllm.arrival.")
            || ACTED_UPON.contains(name));
  }
}
