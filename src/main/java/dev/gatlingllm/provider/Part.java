package dev.gatlingllm.provider;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A piece of what a message says. Pieces are sent in their order. */
public sealed interface Part {

  /** An API whose words a file uses. */
  enum Api {
    CHAT("chat completions"),
    ANTHROPIC("Anthropic's Messages"),
    CONVERSE("Bedrock's Converse");

    private final String words;

    Api(String words) {
      this.words = words;
    }

    /** Its name in messages. */
    public String words() {
      return words;
    }
  }

  /**
   * Further fields of the piece, as JSON-like values, null included: what a file says beside the
   * piece itself, such as {@code cache_control}. An API sends them or refuses the request.
   */
  Map<String, Object> fields();

  /** This piece with other further fields. */
  Part with(Map<String, Object> newFields);

  /** Words. */
  record Text(String text, Map<String, Object> fields) implements Part {

    /** The field that makes a text one of a list, even if it is the only one. */
    public static final String TYPE = "type";

    /** Rejects null and copies the fields. */
    public Text {
      Objects.requireNonNull(text, "text");
      fields = copy(fields);
    }

    /** Words without further fields. */
    public Text(String text) {
      this(text, Map.of());
    }

    @Override
    public Text with(Map<String, Object> newFields) {
      return new Text(text, newFields);
    }
  }

  /**
   * A file that is sent along.
   *
   * @param file the file
   * @param title a document's name, sent as it is where the API has one; empty: made of the file's
   * @param detail how finely an image is to be looked at, in OpenAI's words, such as {@code low};
   *     empty for what the service does by itself
   * @param origin where the file stands, for complaints
   * @param fields further fields of the piece
   */
  record File(
      Attachment file, String title, String detail, String origin, Map<String, Object> fields)
      implements Part {

    /** Rejects null components and copies the fields. */
    public File {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(origin, "origin");
      fields = copy(fields);
    }

    /** A file without further fields. */
    public File(Attachment file, String title, String detail, String origin) {
      this(file, title, detail, origin, Map.of());
    }

    /** A file and nothing else. */
    public File(Attachment file) {
      this(file, "", "", file.name());
    }

    @Override
    public File with(Map<String, Object> newFields) {
      return new File(file, title, detail, origin, newFields);
    }
  }

  /**
   * An image that the service fetches itself.
   *
   * @param address http or https
   * @param detail as that of a {@link File}
   * @param origin where the address stands, for complaints
   * @param fields further fields of the piece
   */
  record Link(URI address, String detail, String origin, Map<String, Object> fields)
      implements Part {

    /** Rejects null components and copies the fields. */
    public Link {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(origin, "origin");
      fields = copy(fields);
    }

    /** An image without further fields. */
    public Link(URI address, String detail, String origin) {
      this(address, detail, origin, Map.of());
    }

    @Override
    public Link with(Map<String, Object> newFields) {
      return new Link(address, detail, origin, newFields);
    }
  }

  /**
   * A block that only one API knows, such as {@code tool_use}: sent as it is to that API, and
   * refused by every other.
   *
   * @param api whose block it is
   * @param name the block's type, or its only field
   * @param origin where the block stands, for complaints
   * @param fields the whole block
   */
  record Block(Api api, String name, String origin, Map<String, Object> fields) implements Part {

    /** Rejects null components and copies the fields. */
    public Block {
      Objects.requireNonNull(api, "api");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(origin, "origin");
      fields = copy(fields);
    }

    @Override
    public Block with(Map<String, Object> newFields) {
      return new Block(api, name, origin, newFields);
    }
  }

  private static Map<String, Object> copy(Map<String, Object> fields) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
