"""The bot's own parts; everything else is Rasa's."""
