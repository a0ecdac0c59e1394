package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;

/** Turns a message into Converse's blocks. */
final class Attached {

  /** What Converse takes: 3.75 MB an image, 4.5 MB a document. */
  private static final AttachmentRules RULES =
      new AttachmentRules(
          "Bedrock's Converse",
          Set.of("png", "jpeg", "gif", "webp", "pdf", "csv", "docx", "xlsx", "html", "txt", "md"),
          3_932_160,
          4_718_592,
          20,
          5);

  private Attached() {}

  /**
   * The blocks of a message.
   *
   * @throws IllegalArgumentException if Converse does not take what goes with it
   */
  static List<ContentBlock> blocks(Message message) {
    ContentBlock text = ContentBlock.fromText(message.text());
    if (message.attachments().isEmpty()) {
      return List.of(text);
    }
    RULES.check(message.attachments());
    List<ContentBlock> blocks = new ArrayList<>();
    blocks.add(text);
    for (Attachment attachment : message.attachments()) {
      blocks.add(
          switch (attachment.kind()) {
            case IMAGE -> ContentBlock.fromImage(image(attachment));
            case DOCUMENT -> ContentBlock.fromDocument(document(attachment, blocks.size()));
          });
    }
    return blocks;
  }

  private static ImageBlock image(Attachment image) {
    return ImageBlock.builder()
        .format(image.format())
        .source(ImageSource.fromBytes(SdkBytes.fromByteBuffer(image.bytes())))
        .build();
  }

  private static DocumentBlock document(Attachment document, int number) {
    return DocumentBlock.builder()
        .format(document.format())
        .name(nameOf(document, number))
        .source(DocumentSource.fromBytes(SdkBytes.fromByteBuffer(document.bytes())))
        .build();
  }

  /** Converse refuses most signs in a name, and the same name twice. */
  private static String nameOf(Attachment document, int number) {
    return number + " " + document.name().replaceAll("[^A-Za-z0-9()\\[\\] -]+", "-");
  }
}
