package dev.gatlingllm.provider;

import java.net.URI;
import java.util.Objects;

/** A piece of what a message says. Pieces are sent in their order. */
public sealed interface Part {

  /** Words. */
  record Text(String text) implements Part {

    /** Rejects null. */
    public Text {
      Objects.requireNonNull(text, "text");
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
   */
  record File(Attachment file, String title, String detail, String origin) implements Part {

    /** Rejects null components. */
    public File {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(origin, "origin");
    }

    /** A file and nothing else. */
    public File(Attachment file) {
      this(file, "", "", file.name());
    }
  }

  /**
   * An image that the service fetches itself.
   *
   * @param address http or https
   * @param detail as that of a {@link File}
   * @param origin where the address stands, for complaints
   */
  record Link(URI address, String detail, String origin) implements Part {

    /** Rejects null components. */
    public Link {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(origin, "origin");
    }
  }
}
