package dev.assay.policy.image;

import com.google.re2j.Pattern;

/// Which images a policy is about: `*` stands for any text within a segment, `**` for any text at
/// all. Matched by RE2, whose time is linear in the text, whatever the glob.
///
/// A glob is about names. One registry that answers to two names has to be named twice.
public final class ImageGlob {
  private final Pattern pattern;

  private ImageGlob(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Registries are spelt as [ImageReference] spells them: lower case, no port 443.
  public static ImageGlob of(String glob) {
    var slash = glob.indexOf('/');
    var host = slash < 0 ? glob : glob.substring(0, slash);
    var canonical = ImageReference.canonicalHost(host) + (slash < 0 ? "" : glob.substring(slash));
    var expression = new StringBuilder();
    for (int i = 0; i < canonical.length(); i++) {
      if (canonical.charAt(i) != '*') {
        expression.append(Pattern.quote(canonical.substring(i, i + 1)));
      } else if (canonical.startsWith("**", i)) {
        expression.append(".*");
        i++;
      } else {
        expression.append("[^/]*");
      }
    }
    return new ImageGlob(Pattern.compile(expression.toString()));
  }

  public boolean matches(ImageReference image) {
    return pattern.matches(image.name());
  }

  public boolean matches(PinnedImage image) {
    return pattern.matches(image.name());
  }
}
