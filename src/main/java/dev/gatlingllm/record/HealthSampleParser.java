package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads the fields of one sample in any order; used for one line, by one thread. */
final class HealthSampleParser {

  private final JsonParser json;
  private final JsonFields fields;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Delays> delays = new TreeMap<>();
  private OptionalDouble processCpu = OptionalDouble.empty();
  private OptionalDouble machineCpu = OptionalDouble.empty();

  HealthSampleParser(JsonParser json) {
    this.json = json;
    this.fields = new JsonFields(json);
  }

  HealthSample parse() throws IOException {
    fields.beginRecord(HealthSample.SCHEMA_VERSION);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      read(field);
    }
    return sample();
  }

  private void read(String field) throws IOException {
    switch (field) {
      case "processCpu" -> processCpu = OptionalDouble.of(fields.number());
      case "machineCpu" -> machineCpu = OptionalDouble.of(fields.number());
      case "loopDelayMicros", "lagMicros", "heldMicros", "backlogMicros" ->
          delays.put(field, delays(field));
      case "fromNanos",
          "atNanos",
          "gcPauses",
          "gcLongestNanos",
          "gcTotalNanos",
          "heapUsedBytes",
          "descriptorsOpen",
          "descriptorsMost",
          "inFlight",
          "missed",
          "heldTooLong",
          "recordsQueued",
          "recordsCapacity",
          "recordsLost",
          "lateEvents" ->
          counts.put(field, fields.wholeNumber());
      default -> json.skipChildren();
    }
  }

  private Delays delays(String field) throws IOException {
    try {
      return new Delays(fields.wholeNumbers());
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException("field " + field + " " + e.getMessage());
    }
  }

  private HealthSample sample() {
    try {
      return new HealthSample(
          count("fromNanos"),
          count("atNanos"),
          of("loopDelayMicros"),
          new HealthSample.Pauses(
              count("gcPauses"), count("gcLongestNanos"), count("gcTotalNanos")),
          new HealthSample.Processor(processCpu, machineCpu),
          count("heapUsedBytes"),
          new HealthSample.Descriptors(ifThere("descriptorsOpen"), ifThere("descriptorsMost")),
          count("inFlight"),
          new HealthSample.Arrivals(
              of("lagMicros"), of("heldMicros"), count("missed"), count("heldTooLong")),
          of("backlogMicros"),
          new HealthSample.Records(
              count("recordsQueued"), count("recordsCapacity"), count("recordsLost")),
          count("lateEvents"));
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException(e.getMessage());
    }
  }

  private long count(String field) {
    return FormatChecks.required(field, counts.get(field));
  }

  private OptionalLong ifThere(String field) {
    Long count = counts.get(field);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  private Delays of(String field) {
    return delays.getOrDefault(field, Delays.NONE);
  }
}
