package dev.gatlingllm.experiment.payload;

import dev.gatlingllm.config.ConfigReader;
import java.util.List;

/**
 * {@code llm.payloads}.
 *
 * @param path file or folder
 * @param clients how many calls are in flight
 * @param passes how often each payload is sent
 * @param perClient whether every client sends every payload, instead of all clients together
 * @param shuffled whether the order is random
 */
public record PayloadsConfig(
    String path, int clients, int passes, boolean perClient, boolean shuffled) {

  public static PayloadsConfig read(ConfigReader reader) {
    return new PayloadsConfig(
        reader.text("llm.payloads.path"),
        reader.integer("llm.payloads.clients", 1),
        reader.integer("llm.payloads.passes", 1),
        reader
            .choice("llm.payloads.sentBy", List.of("allTogether", "eachClient"))
            .equals("eachClient"),
        reader.choice("llm.payloads.order", List.of("shuffled", "file")).equals("shuffled"));
  }
}
