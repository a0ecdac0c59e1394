package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what the messages of one file hold: a text, or an array of parts in the words of OpenAI's
 * two APIs, Anthropic's Messages or Bedrock's Converse. Confined to one thread.
 *
 * @param files reads the parts that are no text
 */
record MessageContent(FileParts files) {

  private static final String PARTS =
      "text, image_url, file, input_audio, or a block of Anthropic's Messages or Bedrock's"
          + " Converse";
  private static final Set<String> CONVERSE = Set.of("image", "document", "audio", "video");

  /** Blocks that go to one API as they are. */
  private static final Map<String, Part.Api> TYPED =
      Map.ofEntries(
          Map.entry("refusal", Part.Api.CHAT),
          Map.entry("video_url", Part.Api.CHAT),
          Map.entry("audio_url", Part.Api.CHAT),
          Map.entry("tool_use", Part.Api.ANTHROPIC),
          Map.entry("tool_result", Part.Api.ANTHROPIC),
          Map.entry("thinking", Part.Api.ANTHROPIC),
          Map.entry("redacted_thinking", Part.Api.ANTHROPIC),
          Map.entry("search_result", Part.Api.ANTHROPIC));

  private static final Set<String> UNTYPED =
      Set.of(
          "toolUse",
          "toolResult",
          "reasoningContent",
          "guardContent",
          "cachePoint",
          "citationsContent",
          "searchResult");

  /** The fields of each type that are read, and so no further ones. */
  private static final Map<String, Set<String>> READ =
      Map.of(
          "image_url", Set.of("type", "image_url"),
          "input_image", Set.of("type", "image_url", "detail"),
          "file", Set.of("type", "file"),
          "input_file", Set.of("type", "file_data", "filename"),
          "input_audio", Set.of("type", "input_audio"),
          "image", Set.of("type", "source", "title"),
          "document", Set.of("type", "source", "title"));

  /**
   * The parts of a content.
   *
   * @return at least one
   * @throws InputException naming the part that cannot be read and what is accepted
   */
  List<Part> parts(InputLines.Line line, String name, JsonNode content) {
    if (content.isTextual()) {
      return List.of(new Part.Text(content.textValue()));
    }
    if (!content.isArray()) {
      throw line.wrong(name, "a text or an array of parts", JsonText.shown(content));
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      parts.add(whole(line, name + "[" + i + "]", content.get(i)));
    }
    if (parts.isEmpty()) {
      throw line.wrong(name, "a text or an array of at least one part", "an empty array");
    }
    return parts;
  }

  /** A part with all that is said beside it. */
  private Part whole(InputLines.Line line, String name, JsonNode json) {
    Part part = part(line, name, json);
    if (part instanceof Part.Block) {
      return part;
    }
    Map<String, Object> further = new LinkedHashMap<>(JsonText.values(json));
    if (part instanceof Part.Text) {
      further.remove("text");
    } else {
      Set<String> read = READ.getOrDefault(json.path("type").asText(""), CONVERSE);
      further.keySet().removeAll(read);
    }
    return further.isEmpty() ? part : part.with(further);
  }

  private Part part(InputLines.Line line, String name, JsonNode part) {
    String type = part.path("type").asText("");
    InputPosition place = new InputPosition(line, name);
    return switch (type) {
      case "text", "input_text", "output_text" -> words(line, name, part);
      case "image_url" -> imageUrl(place, part);
      case "input_image" ->
          files.image(place.at("image_url"), part.path("image_url"), place.word("detail", part));
      case "file" -> files.file(place.at("file"), part.path("file"));
      case "input_file" -> files.file(place, part);
      case "input_audio" -> files.audio(place.at("input_audio"), part.path("input_audio"));
      case "image" -> files.anthropic(Kind.IMAGE, place, part);
      case "document" -> files.anthropic(Kind.DOCUMENT, place, part);
      case "" -> untyped(line, place, part);
      default -> {
        if (!TYPED.containsKey(type)) {
          throw line.wrong(
              name, PARTS, type.matches("[\\w-]{1,40}") ? "of type " + type : "of another type");
        }
        yield new Part.Block(TYPED.get(type), type, name, JsonText.values(part));
      }
    };
  }

  /** OpenAI has an object there; servers that speak its format take the address alone as well. */
  private Part imageUrl(InputPosition place, JsonNode part) {
    InputPosition at = place.at("image_url");
    JsonNode image = part.path("image_url");
    return image.isTextual()
        ? files.image(at, image, "")
        : files.image(at.at("url"), image.path("url"), at.word("detail", image));
  }

  /** Converse names a block by its only field. */
  private Part untyped(InputLines.Line line, InputPosition place, JsonNode part) {
    for (String kind : CONVERSE) {
      if (part.has(kind)) {
        return files.converse(kind, place.at(kind), part.path(kind));
      }
    }
    for (String kind : UNTYPED) {
      if (part.has(kind)) {
        return new Part.Block(Part.Api.CONVERSE, kind, place.field(), JsonText.values(part));
      }
    }
    return words(line, place.field(), part);
  }

  private static Part words(InputLines.Line line, String name, JsonNode part) {
    JsonNode text = part.path("text");
    if (!text.isTextual()) {
      String found =
          part.isObject()
              ? "with "
                  + part.properties().stream()
                      .map(Map.Entry::getKey)
                      .collect(Collectors.joining(", "))
              : JsonText.shown(part);
      throw line.wrong(name, PARTS, found);
    }
    return new Part.Text(text.textValue());
  }
}
