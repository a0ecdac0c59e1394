package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.AttachmentRules.Some;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.AudioBlock;
import software.amazon.awssdk.services.bedrockruntime.model.AudioSource;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;
import software.amazon.awssdk.services.bedrockruntime.model.VideoBlock;
import software.amazon.awssdk.services.bedrockruntime.model.VideoSource;

/** Turns a message into Converse's blocks. */
final class Attached {

  /** What Converse takes: 3.75 MB an image, 4.5 MB a document, 25 MB in all. */
  private static final AttachmentRules RULES =
      new AttachmentRules(
          "Bedrock's Converse",
          Map.of(
              Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), 3_932_160, 20),
              Kind.DOCUMENT,
                  new Some(Set.of("pdf", "csv", "docx", "xlsx", "html", "txt", "md"), 4_718_592, 5),
              Kind.AUDIO, new Some(Set.of("wav", "mp3", "ogg"), 25 << 20, 1),
              Kind.VIDEO, new Some(Set.of("mp4", "mov", "webm"), 25 << 20, 1)));

  private Attached() {}

  /**
   * The blocks of a message.
   *
   * @throws IllegalArgumentException if Converse does not take what goes with it
   */
  static List<ContentBlock> blocks(Message message) {
    RULES.check(message);
    List<ContentBlock> blocks = new ArrayList<>();
    for (Part part : message.parts()) {
      if (part instanceof Part.Text text) {
        blocks.add(ContentBlock.fromText(text.text()));
      } else if (part instanceof Part.File file) {
        blocks.add(block(file, blocks.size()));
      }
    }
    return blocks;
  }

  private static ContentBlock block(Part.File part, int number) {
    Attachment file = part.file();
    return switch (file.kind()) {
      case IMAGE -> ContentBlock.fromImage(image(file));
      case DOCUMENT -> ContentBlock.fromDocument(document(part, number));
      case AUDIO -> ContentBlock.fromAudio(audio(file));
      case VIDEO -> ContentBlock.fromVideo(video(file));
    };
  }

  private static ImageBlock image(Attachment image) {
    return ImageBlock.builder()
        .format(image.format())
        .source(ImageSource.fromBytes(SdkBytes.fromByteBuffer(image.bytes())))
        .build();
  }

  private static AudioBlock audio(Attachment audio) {
    return AudioBlock.builder()
        .format(audio.format())
        .source(AudioSource.fromBytes(SdkBytes.fromByteBuffer(audio.bytes())))
        .build();
  }

  private static VideoBlock video(Attachment video) {
    return VideoBlock.builder()
        .format(video.format())
        .source(VideoSource.fromBytes(SdkBytes.fromByteBuffer(video.bytes())))
        .build();
  }

  private static DocumentBlock document(Part.File part, int number) {
    Attachment document = part.file();
    return DocumentBlock.builder()
        .format(document.format())
        .name(part.title().isEmpty() ? nameOf(document, number) : part.title())
        .source(DocumentSource.fromBytes(SdkBytes.fromByteBuffer(document.bytes())))
        .build();
  }

  /** Converse refuses most signs in a name, and the same name twice. */
  private static String nameOf(Attachment document, int number) {
    return number + " " + document.name().replaceAll("[^A-Za-z0-9()\\[\\] -]+", "-");
  }
}
