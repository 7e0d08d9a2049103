"""The few words a printed letter has of its own; everything else comes from the law's texts."""

WORDS = {
    "kk": {
        "to": "Кімге",
        "number": "№",
        "demo": "ДЕМО-ҚОЛТАҢБА. Бұл хатқа шынайы электрондық қолтаңба қойылмаған, хаттың заңдық күші жоқ.",
        "courtesy": "Бұл — түсінікті болу үшін берілген аударма. Қазақ немесе орыс тіліндегі хаттың ғана"
        " заңдық күші бар: ол мемлекеттік тілде немесе жолданымның тілінде жазылған.",
        "follow": "Жолданымның қаралу барысын мына мекенжайдан бақылауға болады",
        "code": "Бақылау коды (басқаларға көрсетпеңіз)",
        "qr": "Жолданымды бақылау бетінің QR-коды",
        "answer": "Түсініктеме берілетін бет",
        "page": "бет",
    },
    "ru": {
        "to": "Кому",
        "number": "№",
        "demo": "ДЕМО-ПОДПИСЬ. Под этим письмом нет настоящей электронной подписи, юридической силы оно не имеет.",
        "courtesy": "Это перевод для удобства. Юридическую силу имеет письмо на казахском или русском языке:"
        " оно составлено на государственном языке или на языке обращения.",
        "follow": "Следить за обращением можно по адресу",
        "code": "Код для просмотра (никому не показывайте)",
        "qr": "QR-код страницы обращения",
        "answer": "Страница, где можно дать объяснение",
        "page": "стр.",
    },
    "en": {
        "to": "To",
        "number": "No.",
        "demo": "DEMO SIGNATURE. This letter bears no real electronic signature and has no legal force.",
        "courtesy": "This is a courtesy translation. The letter in Kazakh or Russian is the one that counts in law:"
        " it is written in the state language or in the language of the appeal.",
        "follow": "Follow the appeal at this address",
        "code": "Follow-up code (show it to nobody)",
        "qr": "QR code of the appeal's page",
        "answer": "Page for your explanation",
        "page": "page",
    },
}
"""Language -> name of the word -> the word."""
