"""The language of the program: which there are, which is spoken, and how to speak another one while it runs."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from unet_studio.gui.phrasebook import SENTENCES, Phrasebook, load_phrasebook
from unet_studio.resources import resource

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}  # by code, each in its own words


def language_of(wish: str) -> str:
    """The language for a wish of the settings: itself where there is such a one, else the system's, else English."""
    if wish in LANGUAGES:
        return wish
    system = QLocale.system()
    simplified = system.script() is not QLocale.Script.TraditionalHanScript
    return "zh_CN" if system.language() is QLocale.Language.Chinese and simplified else "en"


def said(sentence: str) -> str:
    """A sentence of a floor below the window, in the language now spoken; as it is where that does not know it."""
    return QCoreApplication.translate(SENTENCES, sentence) if sentence else ""


class Interpreter(QTranslator):
    """Translates all that the program says; one for as long as the application runs. Speaks English at first."""

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.book = Phrasebook()
        self._qt: QTranslator | None = None

    def speak(self, code: str) -> None:
        """Afterwards what is translated is translated into this language; what is on the screen stays as it was."""
        if code == self.code:
            return
        self.code, self.book = code, load_phrasebook(resource("translations", f"{code}.ts"))
        application = QCoreApplication.instance()
        assert application is not None
        if self._qt is not None:
            application.removeTranslator(self._qt)
        self._qt = QTranslator()
        if self._qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(self._qt)
        application.removeTranslator(self)
        application.installTranslator(self)

    def silence(self) -> None:
        """Afterwards nothing is translated."""
        application = QCoreApplication.instance()
        assert application is not None
        for translator in (self, self._qt):
            if translator is not None:
                application.removeTranslator(translator)
        self.code, self.book, self._qt = "", Phrasebook(), None

    def isEmpty(self) -> bool:
        """Never: what it does not know stays English."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # noqa: ARG002
        """Qt asks this for each text; None where it is not known."""
        if context == SENTENCES:
            return self.book.said(source)
        return self.book.translated(context, source, n)
