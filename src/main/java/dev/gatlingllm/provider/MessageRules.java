package dev.gatlingllm.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an API takes of a message beside its texts and files. A further field whose value is null
 * says nothing, and is left out where the API does not know it.
 *
 * @param api the API in words
 * @param blocks whose blocks it takes; empty for none
 * @param fields the further fields of a text, file or image that it takes
 * @param blanks whether it takes a text that is blank
 */
public record MessageRules(
    String api, Optional<Part.Api> blocks, Set<String> fields, boolean blanks) {

  /** Rules of an API that takes texts and files and nothing beside them. */
  public static MessageRules none(String api) {
    return new MessageRules(api, Optional.empty(), Set.of(), true);
  }

  /**
   * Checks a message.
   *
   * @throws IllegalArgumentException naming the field or block and the API that has none
   */
  public void check(Message message) {
    String role = message.role().word();
    if (message.role() == Message.Role.TOOL || message.role() == Message.Role.FUNCTION) {
      throw new IllegalArgumentException(
          "a message of role " + role + " cannot be sent: there is none in " + api);
    }
    spoken(message.fields())
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  name
                      + " of a message of role "
                      + role
                      + " cannot be sent: there is none in "
                      + api);
            });
    if (message.parts().isEmpty()) {
      throw new IllegalArgumentException(
          "a message of role " + role + " without content cannot be sent: there is none in " + api);
    }
    message.parts().forEach(part -> check(role, part));
  }

  private void check(String role, Part part) {
    if (part instanceof Part.Block block) {
      checkBlock(block);
      return;
    }
    if (!blanks && part instanceof Part.Text text && text.text().isBlank()) {
      throw new IllegalArgumentException(
          "a blank text of role " + role + " cannot be sent: there is none in " + api);
    }
    spoken(part.fields())
        .filter(name -> !name.equals(Part.Text.TYPE) && !fields.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  name + " of a part cannot be sent: there is none in " + api);
            });
  }

  /**
   * Checks a block.
   *
   * @throws IllegalArgumentException naming it, if it is another API's
   */
  public void checkBlock(Part.Block block) {
    if (blocks.isEmpty() || blocks.get() != block.api()) {
      throw new IllegalArgumentException(
          block.origin()
              + " cannot be sent: "
              + block.name()
              + " is a block of "
              + block.api().words()
              + ", there is none in "
              + api);
    }
  }

  private static Stream<String> spoken(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .filter(field -> Objects.nonNull(field.getValue()))
        .map(Map.Entry::getKey);
  }

  /** A block with those of the further fields that the API takes and that say something. */
  public Map<String, Object> with(Map<String, Object> block, Map<String, Object> further) {
    Map<String, Object> all = new LinkedHashMap<>(block);
    further.forEach(
        (name, value) -> {
          if (fields.contains(name) && value != null) {
            all.put(name, value);
          }
        });
    return all;
  }
}
