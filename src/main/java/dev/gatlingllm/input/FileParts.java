package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.Part;
import dev.gatlingllm.text.Figures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the parts of a message that are no text: given as data, as the address of an image, or as
 * the path of a file. A file that several parts name is read once. Confined to one thread.
 */
final class FileParts {

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):");
  private static final Pattern DATA =
      Pattern.compile("data:([^;,]*)(?:;[^;,]*)*?(;base64)?,", Pattern.CASE_INSENSITIVE);
  private static final String FILES =
      "a data URL with base64, or the path of a file from the folder of this one";
  private static final String IMAGES =
      "a data URL with base64, an http or https address, or the path of a file from the folder of"
          + " this one";

  /** Stands in complaints for the name that data does not have. */
  private static final String DATA_NAME = "given as data";

  private final Path folder;
  private final Map<Path, Attachment> read = new HashMap<>();

  /**
   * A reader.
   *
   * @param folder what paths are relative to
   */
  FileParts(Path folder) {
    this.folder = folder;
  }

  /** For the messages of one file. */
  static FileParts beside(Path file) {
    return new FileParts(Optional.ofNullable(file.getParent()).orElse(Path.of("")));
  }

  /** An image of OpenAI: data, an address or a path. */
  Part image(InputPosition place, JsonNode value, String detail) {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw place.wrong(IMAGES, JsonText.shown(value));
    }
    String url = value.textValue();
    String scheme = scheme(url);
    if (scheme.equals("http") || scheme.equals("https")) {
      return new Part.Link(address(place, url), detail, place.field() + " = " + withoutQuery(url));
    }
    Part.File file = file(place, url, "", scheme, IMAGES);
    requireKind(Kind.IMAGE, place, file.file());
    return new Part.File(file.file(), "", detail, file.origin());
  }

  /** A file of OpenAI: its data, or a path. */
  Part file(InputPosition place, JsonNode file) {
    InputPosition data = place.at("file_data");
    if (!file.path("file_data").isTextual()) {
      throw data.wrong(FILES, JsonText.shown(file.path("file_data")));
    }
    String url = file.path("file_data").textValue();
    return file(data, url, place.optional("filename", file).orElse(""), scheme(url), FILES);
  }

  /** Audio of OpenAI. */
  Part audio(InputPosition place, JsonNode audio) {
    String format = place.text("format", audio);
    return given(Kind.AUDIO, "", place, place.at("format"), format, place.base64("data", audio));
  }

  /** A block of Converse. */
  Part converse(String word, InputPosition place, JsonNode block) {
    String format = place.text("format", block);
    JsonNode source = block.path("source");
    if (!source.has("bytes")) {
      throw place.at("source").wrong("an object with bytes in base64", JsonText.shown(source));
    }
    return given(
        Kind.valueOf(word.toUpperCase(Locale.ROOT)),
        place.optional("name", block).orElse(""),
        place,
        place.at("format"),
        format,
        place.at("source").base64("bytes", source));
  }

  /** A block of Anthropic's Messages. */
  Part anthropic(Kind kind, InputPosition place, JsonNode block) {
    InputPosition at = place.at("source");
    JsonNode source = block.path("source");
    String type = source.path("type").asText("absent");
    if (type.equals("url") && kind == Kind.IMAGE) {
      return image(at.at("url"), source.path("url"), "");
    }
    String title = place.optional("title", block).orElse("");
    return switch (type) {
      case "base64" -> ofMediaType(kind, title, at, source);
      case "text" ->
          given(
              kind,
              title,
              place,
              at.at("type"),
              "txt",
              at.text("data", source).getBytes(StandardCharsets.UTF_8));
      default -> throw at.at("type").wrong("base64, text or, of an image, url", type);
    };
  }

  private static Part ofMediaType(Kind kind, String title, InputPosition at, JsonNode source) {
    String mediaType = at.text("media_type", source);
    byte[] bytes = at.base64("data", source);
    Attachment file =
        checked(at.at("media_type"), () -> Attachment.ofMediaType(DATA_NAME, mediaType, bytes));
    requireKind(kind, at.at("media_type"), file);
    return part(at, named(file, title), title, mediaType);
  }

  private static Part given(
      Kind kind,
      String title,
      InputPosition place,
      InputPosition format,
      String ending,
      byte[] bytes) {
    Attachment file = checked(format, () -> Attachment.ofFormat(DATA_NAME, ending, bytes));
    requireKind(kind, format, file);
    return part(place, named(file, title), title, file.mediaType());
  }

  private Part.File file(
      InputPosition place, String url, String filename, String scheme, String accepted) {
    if (scheme.equals("data")) {
      return data(place, url, filename);
    }
    if (!scheme.isEmpty()) {
      throw place.wrong(accepted, withoutQuery(url));
    }
    Attachment file = onDisk(place, url, accepted);
    return new Part.File(
        filename.isEmpty() ? file : file.named(filename), "", "", place.field() + " = " + url);
  }

  private static Part.File data(InputPosition place, String url, String filename) {
    Matcher head = DATA.matcher(url);
    if (!head.lookingAt() || head.group(2) == null) {
      throw place.wrong(FILES, "a data URL of another form");
    }
    String mediaType = head.group(1);
    byte[] bytes = place.decoded(url.substring(head.end()));
    Attachment file = checked(place, () -> Attachment.ofMediaType(DATA_NAME, mediaType, bytes));
    return part(
        place,
        filename.isEmpty() ? named(file, "") : file.named(filename),
        "",
        "data:" + mediaType);
  }

  private Attachment onDisk(InputPosition place, String path, String accepted) {
    try {
      return read.computeIfAbsent(folder.resolve(path), Attachment::read);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          Figures.fill(
              "%s: %s must be %s, was %s (%s)",
              place.line().place(), place.field(), accepted, path, e.getMessage()));
    }
  }

  private static Part.File part(InputPosition place, Attachment file, String title, String shown) {
    String origin = Figures.fill("%s = %s of %d bytes", place.field(), shown, file.size());
    return new Part.File(file, title, "", origin);
  }

  /** What was given as data gets a file's name, which some APIs ask for. */
  private static Attachment named(Attachment file, String title) {
    String name = title.isEmpty() ? file.kind().name().toLowerCase(Locale.ROOT) : title;
    return file.named(name + "." + file.format());
  }

  private static void requireKind(Kind kind, InputPosition place, Attachment file) {
    if (file.kind() != kind) {
      throw place.wrong("of the kind " + kind.name().toLowerCase(Locale.ROOT), file.format());
    }
  }

  private interface Made {
    Attachment attachment();
  }

  private static Attachment checked(InputPosition place, Made made) {
    try {
      return made.attachment();
    } catch (IllegalArgumentException e) {
      throw new InputException(place.line().place() + ": " + place.field() + ": " + e.getMessage());
    }
  }

  private static String scheme(String url) {
    Matcher scheme = SCHEME.matcher(url);
    return scheme.lookingAt() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private static URI address(InputPosition place, String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException ignored) {
      // Its message quotes the whole address, which may hold a signature.
      throw place.wrong(IMAGES, withoutQuery(url));
    }
  }

  /** A query may hold a signature that gives access, and a password stands before the host. */
  private static String withoutQuery(String url) {
    return url.replaceAll("(?s)[?#].*", "?…").replaceAll("//[^/]*@", "//…@");
  }
}
