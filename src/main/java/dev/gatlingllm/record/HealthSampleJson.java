package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes the fields of one sample; {@link HealthSampleParser} is its mirror. */
final class HealthSampleJson {

  private HealthSampleJson() {}

  static void write(HealthSample sample, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schemaVersion", HealthSample.SCHEMA_VERSION);
    json.writeNumberField("fromNanos", sample.fromNanos());
    json.writeNumberField("atNanos", sample.atNanos());
    delays("loopDelayMicros", sample.loopDelay(), json);
    json.writeNumberField("gcPauses", sample.pauses().count());
    json.writeNumberField("gcLongestNanos", sample.pauses().longestNanos());
    json.writeNumberField("gcTotalNanos", sample.pauses().totalNanos());
    share("processCpu", sample.processor().process(), json);
    share("machineCpu", sample.processor().machine(), json);
    json.writeNumberField("heapUsedBytes", sample.heapUsedBytes());
    count("descriptorsOpen", sample.descriptors().open(), json);
    count("descriptorsMost", sample.descriptors().most(), json);
    json.writeNumberField("inFlight", sample.inFlight());
    delays("lagMicros", sample.arrivals().lag(), json);
    delays("heldMicros", sample.arrivals().held(), json);
    json.writeNumberField("missed", sample.arrivals().missed());
    json.writeNumberField("heldTooLong", sample.arrivals().heldTooLong());
    delays("backlogMicros", sample.backlog(), json);
    json.writeNumberField("recordsQueued", sample.records().queued());
    json.writeNumberField("recordsCapacity", sample.records().capacity());
    json.writeNumberField("recordsLost", sample.records().lost());
    json.writeNumberField("lateEvents", sample.lateEvents());
    json.writeEndObject();
  }

  private static void delays(String name, Delays delays, JsonGenerator json) throws IOException {
    if (!delays.micros().isEmpty()) {
      json.writeArrayFieldStart(name);
      for (long number : delays.micros()) {
        json.writeNumber(number);
      }
      json.writeEndArray();
    }
  }

  private static void count(String name, OptionalLong count, JsonGenerator json)
      throws IOException {
    if (count.isPresent()) {
      json.writeNumberField(name, count.getAsLong());
    }
  }

  private static void share(String name, OptionalDouble share, JsonGenerator json)
      throws IOException {
    if (share.isPresent()) {
      json.writeNumberField(name, share.getAsDouble());
    }
  }
}
