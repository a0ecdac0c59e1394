package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what the messages of one file hold: a text, or an array of parts in the words of OpenAI's
 * two APIs, Anthropic's Messages or Bedrock's Converse. Confined to one thread.
 *
 * @param files reads the parts that are no text
 * @param betweenTexts stands between texts that follow one another, which become one
 */
record MessageContent(FileParts files, String betweenTexts) {

  private static final String PARTS =
      "text, image_url, file, input_audio, or a block of Anthropic's Messages or Bedrock's"
          + " Converse";
  private static final Set<String> CONVERSE = Set.of("image", "document", "audio", "video");

  /**
   * The text of a content that may hold nothing else.
   *
   * @throws InputException if it holds something else
   */
  String text(InputLines.Line line, String name, JsonNode content) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts(line, name, content)) {
      if (!(part instanceof Part.Text words)) {
        throw line.wrong(name, "text: files go with messages of role user only", "with a file");
      }
      text.append(words.text());
    }
    return text.toString();
  }

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
      add(parts, part(line, name + "[" + i + "]", content.get(i)));
    }
    return parts.isEmpty() ? List.of(new Part.Text("")) : parts;
  }

  private void add(List<Part> parts, Part part) {
    int last = parts.size() - 1;
    if (last >= 0
        && part instanceof Part.Text next
        && parts.get(last) instanceof Part.Text before) {
      parts.set(last, new Part.Text(before.text() + betweenTexts + next.text()));
    } else {
      parts.add(part);
    }
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
      default -> throw line.wrong(name, PARTS, "of type " + type);
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
