package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.text.Figures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Puts numbers into JSON: rounded to three decimals, absent ones not at all or as null. */
public final class JsonNumbers {

  private JsonNumbers() {}

  /** A field, rounded. */
  public static void put(ObjectNode node, String name, double value) {
    node.put(name, Figures.rounded(value));
  }

  /** A field, rounded; none if it is absent. */
  public static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      put(node, name, value.getAsDouble());
    }
  }

  static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    }
  }

  /** In an array a place must be kept: what is absent becomes null. */
  static void add(ArrayNode node, OptionalDouble value) {
    if (value.isPresent()) {
      node.add(Figures.rounded(value.getAsDouble()));
    } else {
      node.addNull();
    }
  }
}
