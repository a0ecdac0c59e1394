package dev.gatlingllm.text;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;

/**
 * One format in which something is written as text. What is written depends on the model alone: not
 * on the machine's locale, time zone or line separator. Implementations are stateless.
 *
 * @param <T> what is written
 */
public interface TextFormat<T> {

  /** The name of the file. */
  String fileName();

  /** Writes the model; neither flushes nor closes the writer. */
  void write(T model, Writer out) throws IOException;

  /** The model as text. */
  default String text(T model) throws IOException {
    StringWriter text = new StringWriter();
    write(model, text);
    return text.toString();
  }
}
