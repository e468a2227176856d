
var EnglishStemmer = Stemmer;
Stemmer = function () {
  const english = new EnglishStemmer();
  const chinese = (word) => `_${[...word].join("_")}_`;
  const other = (word) => english.stemWord(word).padEnd(LEAST, "_");
  this.stemWord = (word) => (/[HAN]/.test(word) ? chinese(word) : other(word));
};
